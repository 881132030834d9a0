/** Secrets as users give them, and what AWS answers. */
import type { ResolvedSecret } from "../../../components/boot/secrets";
import { IMAGES as IMAGE_NAMES, isWindows, type LinuxImage } from "../../../components/plan/images";
import type { Step } from "../../../components/boot/steps";
import type { Machine } from "./machine";

export const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";
export const PARAMETER = "arn:aws:ssm:eu-west-1:111122223333:parameter/app/token";
export const IMAGES: readonly LinuxImage[] = IMAGE_NAMES.filter((image): image is LinuxImage => !isWindows(image));

/** With everything that a shell, or systemd, could take for something else. */
export const VALUE = `p"a$s\`w\\ör'd #1\nsecond line`;

export const SECRETS: readonly ResolvedSecret[] = [
  { secret: SECRET, file: "db", owner: "daemon", mode: "0640" },
  { secret: SECRET, key: "user", environment: { unit: "web.service", variable: "DB_USER" } },
  { parameter: PARAMETER, environment: { unit: "web.service", variable: "TOKEN" }, neededBy: ["worker.service"] },
];

export function withAnswers(machine: Machine): Machine {
  return machine.answer(SECRET, { SecretString: `{"user":"ann"}` }).answer(PARAMETER, { Parameter: { Value: VALUE } });
}

/** A step that shows whether it ran. */
export const LATER: Step = { name: "scripts[0]", script: "#!/bin/bash\ntouch /var/lib/later\n" };
