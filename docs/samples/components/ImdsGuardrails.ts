// What holds for machines that nobody hardened, in two regions and for an organizational unit
import { ImdsGuardrails } from "ec2-hardening";

new ImdsGuardrails("imds", {
  regions: ["us-west-2", "eu-central-1"],
  serviceControlPolicy: { targetIds: ["ou-abcd-12345678"], maxHopLimit: 2 },
  declarativePolicy: { targetIds: ["ou-abcd-12345678"] },
});
