/** What a service that launches machines from a template refuses in it, or decides by itself. */
import type { HardenedLaunchTemplateArgs, LaunchingService, MachineArgs } from "../args";
import { found, type Problem } from "./problems";
import { isLater } from "./value";

/** What is planned: a machine, or a template of machines that something launches. */
export type PlannedArgs = MachineArgs & Pick<HardenedLaunchTemplateArgs, "launchedBy">;

interface ServiceFacts {
  readonly name: string;
  /** Where the service takes the role. */
  readonly role: string;
  /** Where the service takes instance types, if it ignores that of the template. */
  readonly instanceTypes: string | undefined;
}

/** Sources: EKS User Guide, "Customize managed nodes with launch templates"; Batch User Guide, "Use Amazon EC2 launch templates". */
const SERVICES: Readonly<Record<LaunchingService, ServiceFacts>> = {
  eks: { name: "EKS", role: "nodeRoleArn: profile.roleArn of the node group", instanceTypes: undefined },
  batch: {
    name: "Batch",
    role: "instanceRole: profile.arn of the compute environment",
    instanceTypes: "instanceTypes of the compute environment",
  },
};

export function launchedByProblems(args: PlannedArgs): readonly Problem[] {
  const service = args.launchedBy && SERVICES[args.launchedBy];
  if (service === undefined) return [];
  return [...roleProblems(args, service), ...machineProblems(args, service)];
}

/** The machines carry the role that the service is given. */
function roleProblems(args: PlannedArgs, { name, role }: ServiceFacts): readonly Problem[] {
  const { profile, grants = [], permissionsBoundary, sessionManager, secrets = [] } = args;
  const component = `a HardenedInstanceProfile, which is for ${role}`;
  const elsewhere = `${name} gives machines their role: write this at ${component}.`;
  const isNamed = typeof profile === "string" || isLater(profile);
  const isAlone = profile === undefined;
  return found(
    isNamed && { property: "profile", reason: `${name} refuses or ignores it: leave it out, or give ${component}.` },
    isAlone && grants.length > 0 && { property: "grants", reason: elsewhere },
    isAlone && permissionsBoundary !== undefined && { property: "permissionsBoundary", reason: elsewhere },
    isAlone && sessionManager !== undefined && { property: "sessionManager", reason: elsewhere },
    isAlone &&
      secrets.length > 0 && {
        property: "secrets",
        reason: `${name} gives machines their role, which has to read them: give profile, ${component}.`,
      },
  );
}

function machineProblems(args: PlannedArgs, { name, instanceTypes }: ServiceFacts): readonly Problem[] {
  const { imds = "required", image = "al2023", ami, instanceType } = args;
  const isOwn = ami === undefined || image.startsWith("windows");
  return found(
    imds !== "required" && {
      property: "imds",
      reason: `what joins a machine to ${name} needs its role: leave this out.`,
    },
    image !== "al2023" &&
      isOwn && { property: "image", reason: `${name} starts its own image of Amazon Linux 2023: leave this out.` },
    instanceTypes !== undefined &&
      instanceType !== undefined && { property: "instanceType", reason: `${name} ignores it: write ${instanceTypes}.` },
    args.associatePublicIpAddress !== undefined &&
      args.securityGroupIds === undefined && {
        property: "associatePublicIpAddress",
        reason: `is for a network interface, which must name its security groups where ${name} launches: give securityGroupIds, or leave this to the subnets.`,
      },
  );
}
