import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cloudConfigText, filesPart } from "../../../components/boot/files";
import type { BootPart } from "../../../components/boot/part";
import { patchingParts } from "../../../components/boot/patching";
import { secretParts } from "../../../components/boot/secret-parts";
import type { ResolvedSecret } from "../../../components/boot/secrets";
import type { LinuxImage } from "../../../components/boot/shell";
import { commandsStep, stepsPart } from "../../../components/boot/steps";
import { composeUserData } from "../../../components/boot/user-data";
import { credentialsIn } from "../../../components/boot/refuse";
import { readByCloudInit } from "./cloud-init";
import { Machine } from "./machine";

const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";
const PARAMETER = "arn:aws:ssm:eu-west-1:111122223333:parameter/app/token";
const IMAGES: readonly LinuxImage[] = ["al2023", "ubuntu-22.04", "ubuntu-24.04", "debian-12"];

const machines: Machine[] = [];
afterAll(() => machines.forEach((machine) => machine.remove()));

function machine(...parts: readonly BootPart[]): Machine {
  const made = new Machine(parts);
  machines.push(made);
  return made;
}

const VALUE = `p"a$s\`w\\ör'd #1\nsecond line`;
const secrets: readonly ResolvedSecret[] = [
  { secret: SECRET, file: "db", owner: "daemon", mode: "0640" },
  { secret: SECRET, key: "user", environment: { unit: "web.service", variable: "DB_USER" } },
  { parameter: PARAMETER, environment: { unit: "web.service", variable: "TOKEN" }, neededBy: ["worker.service"] },
];

function withAnswers(made: Machine): Machine {
  return made
    .answer("secret:db-AbCdEf".replace(/^/, "arn:aws:secretsmanager:eu-west-1:111122223333:"), {
      SecretString: `{"user":"ann"}`,
    })
    .answer("token", { Parameter: { Value: VALUE } });
}

describe("steps", () => {
  test("run in their order, and know what programs need", () => {
    const made = machine(
      stepsPart([
        { name: "scripts[0]", script: `#!/bin/bash\necho one >> /var/lib/seen\n` },
        { name: "scripts[1]", script: `#!/usr/bin/python3\nopen("/var/lib/seen", "a").write("two\\n")` },
        commandsStep(["cd /var/lib", 'echo "three $HOME" >> seen'], "commands"),
      ]),
    );
    expect(made.boot("first")).toMatchObject({ status: 0, console: "" });
    expect(made.read("var/lib/seen")).toBe("one\ntwo\nthree /root\n");
    expect(made.has("run/ec2-hardening/failed")).toBe(false);
  });

  test("a step that fails is named on the console, and no later one runs", () => {
    const made = machine(
      stepsPart([
        { name: "scripts[0]", script: "#!/bin/bash\nexit 3\n" },
        { name: "scripts[1]", script: "#!/bin/bash\ntouch /var/lib/later\n" },
      ]),
      stepsPart([{ name: "scripts[2]", script: "#!/bin/bash\ntouch /var/lib/later\n" }]),
    );
    const { status, console } = made.boot("first");
    expect(status).not.toBe(0);
    expect(console).toContain("scripts[0] ended with status 3");
    expect(made.has("var/lib/later")).toBe(false);
    expect(made.read("run/ec2-hardening/failed")).toContain("scripts[0]");
  });

  test.each([
    [["true", "false", "touch /var/lib/later"], "commands[1]"],
    [["false | true", "touch /var/lib/later"], "commands[0]"],
    [["echo $missing", "touch /var/lib/later"], "commands[0]"],
  ])("commands stop at the first one that fails: %j", (commands, named) => {
    const made = machine(stepsPart([commandsStep(commands, "commands")]));
    expect(made.boot("first").console).toContain(named);
    expect(made.has("var/lib/later")).toBe(false);
  });

  test("a script may hold whatever would end the text around it", () => {
    const script = "#!/bin/bash\ncat > /var/lib/seen << 'END_OF_STEP_1'\n$HOME `id` \\\nEND_OF_STEP_1\n";
    const made = machine(stepsPart([{ name: "scripts[0]", script }]));
    expect(made.boot("first").status).toBe(0);
    expect(made.read("var/lib/seen")).toBe("$HOME `id` \\\n");
  });
});

describe("secrets", () => {
  test("are written to memory for those who need them, and nowhere else", () => {
    const made = withAnswers(machine(...secretParts(secrets, "al2023")));
    made.program(
      "environment",
      `#!/bin/bash\nset -a\nfor each in /run/ec2-hardening/environment/web.service/*; do . "$each"; done\nprintf '%s' "$DB_USER/$TOKEN" > "$MACHINE/seen"\n`,
    );
    const { status, console, log, calls } = made.boot("first", "environment");
    expect({ status, log }).toMatchObject({ status: 0 });
    expect(made.read("run/secrets/db")).toBe(`{"user":"ann"}`);
    expect(made.mode("run/secrets/db")).toBe("640 1");
    expect(made.mode("run/secrets")).toBe("711 0");
    expect(made.mode("run/ec2-hardening/environment/web.service/TOKEN")).toBe("600 0");
    expect(made.read("seen")).toBe(`ann/${VALUE}`);
    for (const text of [console, log, calls.join("\n")]) expect(text).not.toMatch(/ann|second line/);
    expect(calls).toContain("systemctl --no-block restart web.service");
  });

  test("are there again after a restart, and twice is as once", () => {
    const made = withAnswers(machine(...secretParts(secrets, "al2023")));
    made.boot("first");
    const once = made.read("run/secrets/db");
    expect(made.boot("later").status).toBe(0);
    expect(made.read("run/secrets/db")).toBe(once);
    expect(made.boot("later", "later").status).toBe(0);
    expect(
      spawnSync("find", [join(made.root, "run/secrets")], { encoding: "utf8" })
        .stdout.trim()
        .split("\n"),
    ).toHaveLength(2);
  });

  test("are tried again where AWS throttles", () => {
    const made = withAnswers(machine(...secretParts(secrets, "al2023"))).breaks("aws", 3);
    const { status, calls } = made.boot("first");
    expect(status).toBe(0);
    expect(calls.filter((call) => call.startsWith("sleep"))).toHaveLength(3);
  });

  test.each<[string, (made: Machine) => Machine, readonly ResolvedSecret[]]>([
    ["AWS refuses", (made) => made.breaks("aws"), secrets],
    ["there is no AWS CLI", (made) => made.without("aws"), secrets],
    ["the key is not in it", withAnswers, [{ secret: SECRET, key: "other", file: "db" }]],
    ["the user is missing", withAnswers, [{ secret: SECRET, file: "db", owner: "nobody-here" }]],
    [
      "the value is empty",
      (made) => made.answer("token", { Parameter: { Value: "" } }),
      [{ parameter: PARAMETER, file: "db" }],
    ],
    [
      "no environment takes it",
      (made) => made.answer("token", { Parameter: { Value: "\u0001" } }),
      [{ parameter: PARAMETER, environment: { unit: "web.service", variable: "A" } }],
    ],
    ["it is not to be in memory", withAnswers, [{ secret: SECRET, file: "/var/lib/db" }]],
  ])("fail closed where %s", (_, change, given) => {
    const made = change(
      machine(
        ...secretParts(given, "al2023"),
        stepsPart([{ name: "scripts[0]", script: "#!/bin/bash\ntouch /var/lib/later\n" }]),
      ),
    );
    const { status, console } = made.boot("first");
    expect(status).not.toBe(0);
    expect(console).toMatch(/ec2-hardening: FAILED: secrets/);
    expect(made.has("run/secrets/db")).toBe(false);
    expect(made.has("var/lib/later")).toBe(false);
    expect(made.has("run/ec2-hardening/failed")).toBe(true);
  });

  test("leave services that need them stopped where they are missing", () => {
    const made = withAnswers(machine(...secretParts(secrets, "al2023")));
    made.boot("first");
    const dropIn = made.read("etc/systemd/system/web.service.d/50-ec2-hardening-secrets.conf");
    expect(dropIn).toMatch(/^Requires=ec2-hardening-secrets\.service$/m);
    expect(dropIn.match(/^EnvironmentFile=\/.*$/gm)).toHaveLength(2);
    expect(made.read("etc/systemd/system/worker.service.d/50-ec2-hardening-secrets.conf")).not.toContain("[Service]");
    expect(made.read("etc/systemd/system/ec2-hardening-secrets.service")).toMatch(
      /^Before=web\.service worker\.service$/m,
    );
  });

  test.each(IMAGES.filter((image) => image !== "al2023"))(
    "the AWS CLI is installed on %s from where its makers publish it",
    (image) => {
      const made = withAnswers(machine(...secretParts(secrets, image))).without("aws");
      const install = `#!/bin/bash\ncase "$*" in *" install "*awscli*|"install aws-cli"*) cp "$MACHINE/stubs/systemctl" "$MACHINE/stubs/aws";; esac\n`;
      made.program("stubs/snap", install).program("stubs/apt-get", install);
      expect(made.boot("first")).toMatchObject({ status: 0, console: "" });
      expect(made.read("run/secrets/db")).toBe(`{"user":"ann"}`);
    },
  );
});

const WINDOW = { days: ["Sun"], start: "03:30", minutes: 30 } as const;

describe("updates", () => {
  test.each(IMAGES.flatMap((image) => [[image, "security"] as const, [image, "all"] as const]))(
    "%s installs %s",
    (image, updates) => {
      const made = machine(...patchingParts({ updates, rebootWindow: WINDOW }, image));
      const { status, console, calls } = made.boot("first");
      expect({ status, console }).toEqual({ status: 0, console: "" });
      expect(calls).toContain("systemctl enable --now ec2-hardening-reboot.timer");
      expect(made.boot("first")).toMatchObject({ status: 0 });
      if (image === "al2023") {
        expect(made.read("etc/dnf/vars/releasever")).toBe("latest\n");
        expect(calls).toContain(updates === "security" ? "dnf upgrade -y --security" : "dnf upgrade -y");
        expect(calls).toContain("systemctl enable --now dnf-automatic-install.timer");
      } else {
        const settings = spawnSync(
          "apt-config",
          ["-c", join(made.root, "etc/apt/apt.conf.d/60ec2-hardening"), "dump"],
          { encoding: "utf8" },
        );
        expect(settings.stdout).toContain('APT::Periodic::Unattended-Upgrade "1"');
        expect(settings.stdout.includes("-updates")).toBe(updates === "all");
        expect(calls).toContain("unattended-upgrade ");
      }
    },
  );

  test.each([
    ["al2023", "dnf"],
    ["debian-12", "apt-get"],
    ["ubuntu-24.04", "unattended-upgrade"],
  ] as const)("%s says so where %s fails, and runs no step", (image, program) => {
    const made = machine(
      ...patchingParts({ updates: "security" }, image),
      stepsPart([{ name: "scripts[0]", script: "#!/bin/bash\ntouch /var/lib/later\n" }]),
    ).breaks(program);
    expect(made.boot("first").console).toContain("FAILED: updates");
    expect(made.has("var/lib/later")).toBe(false);
  });

  test("a lock that someone else holds is waited for", () => {
    expect(
      machine(...patchingParts({ updates: "security" }, "debian-12"))
        .breaks("unattended-upgrade", 2)
        .boot("first").status,
    ).toBe(0);
  });

  test("without a window nothing restarts", () => {
    for (const image of IMAGES) {
      const made = machine(...patchingParts({ updates: "all" }, image));
      expect(made.boot("first").calls.join("\n")).not.toContain("reboot");
      expect(made.has("etc/systemd/system/ec2-hardening-reboot.timer")).toBe(false);
    }
  });

  test.each([
    ["al2023", "Reboot is required to fully utilize these updates.", 1, true],
    ["al2023", "Reboot should not be necessary.", 0, false],
    ["al2023", "Error: no such command", 1, false],
  ] as const)("in the window %s restarts only where it has to: %s", (image, says, status, restarts) => {
    const made = machine(...patchingParts({ updates: "security", rebootWindow: WINDOW }, image));
    made.boot("first");
    made.program("stubs/dnf", `#!/bin/bash\necho '${says}'\nexit ${String(status)}\n`);
    made.program("window", "#!/bin/bash\n/usr/local/sbin/ec2-hardening-reboot\n");
    const run = made.boot("window");
    expect(run.status).toBe(0);
    expect(run.calls.includes("systemctl reboot")).toBe(restarts);
  });

  test.each(["debian-12", "ubuntu-24.04"] as const)(
    "in the window %s restarts where a package asks for it",
    (image) => {
      const made = machine(...patchingParts({ updates: "security", rebootWindow: WINDOW }, image));
      made.boot("first");
      made.program("window", "#!/bin/bash\n/usr/local/sbin/ec2-hardening-reboot\n");
      expect(made.boot("window").calls).not.toContain("systemctl reboot");
      made.program("asked", "#!/bin/bash\ntouch /run/reboot-required\n");
      expect(made.boot("asked", "window").calls).toContain("systemctl reboot");
    },
  );
});

/** All parts there are, for an image. */
function everything(image: LinuxImage): BootPart[] {
  return [
    filesPart([
      { path: "/etc/app.conf", content: "a = yes\nb: 12:30\n" },
      { path: "/etc/app.bin", contentBase64: "AAEC", owner: "app:app", permissions: "0600" },
    ]),
    cloudConfigText("settings", "packages: [nginx]\n"),
    ...patchingParts({ updates: "security", rebootWindow: WINDOW }, image),
    ...secretParts(secrets, image),
    stepsPart([{ name: "scripts[0]", script: "#!/bin/bash\ntrue\n" }, commandsStep(["true"], "commands")]),
  ];
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
    const scripts = [...parts, ...files.map(({ content }) => ({ content }))].filter(({ content }) =>
      content.startsWith("#!/bin/bash"),
    );
    expect(scripts.length).toBeGreaterThanOrEqual(5);
    for (const { content } of scripts) {
      const { status, stdout, error } = spawnSync(
        "shellcheck",
        ["-s", "bash", "-o", "all", "-e", "SC2310,SC2311,SC2312,SC2250,SC2292,SC2244", "-"],
        { input: content, encoding: "utf8" },
      );
      expect({ error, stdout, status }).toEqual({ error: undefined, stdout: "", status: 0 });
    }
  });

  test("is settings that cloud-init knows", () => {
    const folder = mkdtempSync(join(tmpdir(), "schema-"));
    for (const { kind, content } of parts) {
      if (kind !== "cloud-config") continue;
      writeFileSync(join(folder, "config"), content);
      const { status, stderr, stdout } = spawnSync("cloud-init", ["schema", "-c", join(folder, "config")], {
        encoding: "utf8",
      });
      expect({ status, stderr, stdout }).toMatchObject({ status: 0 });
    }
    rmSync(folder, { recursive: true });
  });

  test("is units that systemd accepts", () => {
    const made = withAnswers(machine(...parts.filter(({ name }) => name !== "files"))).program(
      "verify",
      `#!/bin/bash\ncd /etc/systemd/system\nsystemd-analyze verify --man=no ./ec2-hardening-*.{service,timer}\nsystemd-analyze calendar "$(sed -n 's/^OnCalendar=//p' ec2-hardening-reboot.timer)"\n`,
    );
    const { status, log } = made.boot("first", "verify");
    expect({ status, log }).toMatchObject({ status: 0 });
    expect(log).not.toMatch(/Unknown|Failed|Invalid|ignoring/i);
  });

  test("holds no credential", () => {
    expect(
      credentialsIn(
        Buffer.from(base64, "base64").toString("latin1") && parts.map(({ content }) => content).join("\n"),
        "userData",
      ),
    ).toEqual([]);
    for (const { content } of parts) expect(credentialsIn(content, "userData")).toEqual([]);
  });
});
