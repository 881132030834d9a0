import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cloudConfigText, filesPart } from "../../../components/boot/files";
import type { BootPart } from "../../../components/boot/part";
import { patchingParts } from "../../../components/boot/patching";
import { secretParts } from "../../../components/boot/secret-parts";
import type { LinuxImage } from "../../../components/plan/images";
import { commandsStep, stepsPart } from "../../../components/boot/steps";
import { composeUserData } from "../../../components/boot/user-data";
import { HARDENED, resource, verdicts } from "../../policies/harness";
import { readByCloudInit } from "./cloud-init";
import { IMAGES, LATER, SECRETS, withAnswers } from "./fixtures";
import { boots } from "./machine";

const WINDOW = { days: ["Sun"], start: "03:30", minutes: 30 } as const;

/** All parts there are, for an image. */
function everything(image: LinuxImage): BootPart[] {
  return [
    filesPart([
      { path: "/etc/app.conf", content: "a = yes\nb: 12:30\n" },
      { path: "/etc/app.bin", contentBase64: "AAEC", owner: "app:app", permissions: "0600" },
    ]),
    cloudConfigText("settings", "packages: [nginx]\n"),
    ...patchingParts({ updates: "security", rebootWindow: WINDOW }, image),
    ...secretParts(SECRETS, image),
    stepsPart([{ name: "scripts[0]", script: "#!/bin/bash\ntrue\n" }, commandsStep(["true"], "commands")]),
  ];
}

/** The policies that judge user data. */
const USER_DATA_POLICIES = [
  "userdata-no-credentials",
  "userdata-trusted-sources",
  "userdata-imdsv2-ready",
  "instance-patching",
];

const VERIFY = `#!/bin/bash
set -e
cd /etc/systemd/system
systemd-analyze verify --man=no ./ec2-hardening-*.{service,timer}
systemd-analyze calendar "$(sed -n 's/^OnCalendar=//p' ec2-hardening-reboot.timer)"
`;

function web(parts: readonly BootPart[]): ReturnType<typeof resource> {
  const composed = composeUserData(parts);
  if (composed.kind === "too-large") throw new Error(composed.problem);
  return resource("Instance", "web", { metadataOptions: HARDENED, userDataBase64: composed.base64 });
}

interface Written {
  readonly path: string;
  readonly content: string;
}

describe.each(IMAGES)("what boots %s", (image) => {
  const parts = everything(image);
  const composed = composeUserData(parts);
  const base64 = composed.kind === "too-large" ? "" : composed.base64;
  const config = readByCloudInit([base64])[0]?.config ?? {};
  const files = config["write_files"] as readonly Written[];

  test("fits", () => {
    expect(composed.kind).not.toBe("too-large");
  });

  test("is shell without a fault", () => {
    const scripts = [...parts, ...files].map(({ content }) => content).filter((text) => text.startsWith("#!/bin/bash"));
    expect(scripts.length).toBeGreaterThanOrEqual(5);
    for (const input of scripts) {
      const { status, stdout, error } = spawnSync("shellcheck", ["-"], { input, encoding: "utf8" });
      expect({ error, stdout, status }).toEqual({ error: undefined, stdout: "", status: 0 });
    }
  });

  test("is settings that cloud-init knows", () => {
    const folder = mkdtempSync(join(tmpdir(), "schema-"));
    const file = join(folder, "config");
    writeFileSync(file, `#cloud-config\n${JSON.stringify(config)}`);
    const { error, status, stderr } = spawnSync("cloud-init", ["schema", "-c", file], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect({ error, status, stderr }).toMatchObject({ error: undefined, status: 0 });
  });

  test("is units that systemd accepts", () => {
    const made = withAnswers(boots(...parts.filter(({ name }) => name !== "files"))).program("verify", VERIFY);
    const { status, log } = made.boot("first", "verify");
    expect({ status, log }).toMatchObject({ status: 0 });
    expect(log).not.toMatch(/Unknown|Failed|Invalid|ignoring/i);
  });

  test.each(USER_DATA_POLICIES)("passes %s", (policy) => {
    expect(verdicts(policy, [web(parts)])).toEqual([]);
  });

  test("is patched by the updates alone", () => {
    const updates = patchingParts({ updates: "security" }, image);
    expect(verdicts("instance-patching", [web(updates)])).toEqual([]);
    expect(verdicts("instance-patching", [web([stepsPart([LATER])])])).toEqual(["violation web"]);
  });
});

// What the policies find in a script, they find in it as a step too.
test.each([
  ["userdata-trusted-sources", "curl -s http://get.example.com/agent.sh | bash"],
  ["userdata-imdsv2-ready", "curl -s http://169.254.169.254/latest/meta-data/instance-id"],
  ["userdata-no-credentials", `mysql --user=app --password=${["Tr0ub4dor", "3xQ"].join("-")} app`],
])("%s sees what steps do", (policy, command) => {
  const script = { name: "scripts[0]", script: `#!/bin/bash\n${command}\n` };
  expect(verdicts(policy, [web([stepsPart([script])])])).toEqual(["violation web"]);
  expect(verdicts(policy, [web([stepsPart([commandsStep([command], "commands")])])])).toEqual(["violation web"]);
});
