import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { secretParts } from "../../../components/boot/secret-parts";
import type { ResolvedSecret } from "../../../components/boot/secrets";
import { stepsPart } from "../../../components/boot/steps";
import { IMAGES, LATER, PARAMETER, SECRET, SECRETS, VALUE, withAnswers } from "./fixtures";
import { boots, type Machine } from "./machine";

test("are written to memory for those who need them, and nowhere else", () => {
  const made = withAnswers(boots(...secretParts(SECRETS, "al2023")));
  made.program(
    "environment",
    `#!/bin/bash\nset -a\nfor each in /run/ec2-hardening/environment/web.service/*; do . "$each"; done\nprintf '%s' "$DB_USER/$TOKEN" > "$MACHINE/seen"\n`,
  );
  const { status, console, log, calls } = made.boot("first", "environment");
  expect({ status, log }).toMatchObject({ status: 0 });
  expect(made.read("run/secrets/db")).toBe(`{"user":"ann"}`);
  expect(made.mode("run/secrets/db")).toBe("640 1 1");
  expect(made.mode("run/secrets")).toBe("711 0 0");
  expect(made.mode("run/ec2-hardening/environment/web.service/TOKEN")).toBe("600 0 0");
  expect(made.read("seen")).toBe(`ann/${VALUE}`);
  for (const text of [console, log, calls.join("\n")]) expect(text).not.toMatch(/ann|second line/);
  expect(calls).toContain("systemctl --no-block restart web.service");
});

test("are there again after a restart, and twice is as once", () => {
  const made = withAnswers(boots(...secretParts(SECRETS, "al2023")));
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

test("are not fetched by a machine that starts from an image of this one, and has others or none", () => {
  const made = withAnswers(boots(...secretParts(SECRETS, "al2023")));
  made.boot("first");
  // cloud-init knows another machine by then, which may not read these.
  made.program("image", "#!/bin/bash\nrm -r /var/lib/cloud/instance && mkdir /var/lib/cloud/instance\n").breaks("aws");
  const { status, console } = made.boot("image", "later");
  expect([status, console, made.has("run/ec2-hardening/failed")]).toEqual([0, "", false]);
});

test("are tried again where AWS throttles", () => {
  const made = withAnswers(boots(...secretParts(SECRETS, "al2023"))).breaks("aws", 3);
  const { status, calls } = made.boot("first");
  expect(status).toBe(0);
  expect(calls.filter((call) => call.startsWith("sleep"))).toHaveLength(3);
});

test.each<[string, (made: Machine) => Machine, readonly ResolvedSecret[]]>([
  ["AWS refuses", (made) => made.breaks("aws"), SECRETS],
  ["systemd refuses", (made) => made.breaks("systemctl"), SECRETS],
  ["there is no AWS CLI", (made) => made.without("aws"), SECRETS],
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
  [
    "a number has no group of its own",
    withAnswers,
    [{ secret: SECRET, file: "db", owner: "4242", group: "none-here" }],
  ],
])("fail closed where %s", (_, change, given) => {
  const made = change(boots(...secretParts(given, "al2023"), stepsPart([LATER])));
  const { status, console } = made.boot("first");
  expect(status).not.toBe(0);
  expect(console).toMatch(/ec2-hardening: FAILED: secrets/);
  expect(made.has("run/secrets/db")).toBe(false);
  expect(made.has("var/lib/later")).toBe(false);
  expect(made.has("run/ec2-hardening/failed")).toBe(true);
});

test("leave services that need them stopped where they are missing", () => {
  const made = withAnswers(boots(...secretParts(SECRETS, "al2023")));
  made.boot("first");
  const dropIn = made.read("etc/systemd/system/web.service.d/50-ec2-hardening-secrets.conf");
  expect(dropIn).toMatch(/^Requires=ec2-hardening-secrets\.service$/m);
  expect(dropIn.match(/^EnvironmentFile=\/.*$/gm)).toHaveLength(2);
  expect(made.read("etc/systemd/system/worker.service.d/50-ec2-hardening-secrets.conf")).not.toContain("[Service]");
  expect(made.read("etc/systemd/system/ec2-hardening-secrets.service")).toMatch(
    /^Before=web\.service worker\.service$/m,
  );
});

/** A machine whose package managers install the AWS CLI, which it has not yet. */
function withoutCli(made: Machine): Machine {
  for (const manager of ["snap", "apt-get", "dnf"]) made.program(`stubs/${manager}`, INSTALL);
  return made.without("aws");
}

const INSTALL = `#!/bin/bash\ncase "$*" in *"install "*awscli*|"install aws-cli"*) cp "$MACHINE/stubs/systemctl" "$MACHINE/stubs/aws";; esac\n`;

test.each(IMAGES)("the AWS CLI is installed on %s from where its makers publish it", (image) => {
  const made = withoutCli(withAnswers(boots(...secretParts(SECRETS, image))));
  expect(made.boot("first")).toMatchObject({ status: 0, console: "" });
  expect(made.read("run/secrets/db")).toBe(`{"user":"ann"}`);
});

test.each([
  ["nobody", undefined, "600 65534 65534"],
  ["root", "nogroup", "600 0 65534"],
  ["4242", undefined, "600 4242 4242"],
])("belong to %s and the group %s", (owner, group, expected) => {
  const made = withAnswers(boots(...secretParts([{ secret: SECRET, file: "app/db", owner, group }], "al2023")));
  expect(made.boot("first").status).toBe(0);
  expect(made.mode("run/secrets/app/db")).toBe(expected);
  expect(made.mode("run/secrets/app")).toBe("711 0 0");
});

test.each([
  ["belongs to another", "mkdir -p /run/secrets/app && chown daemon /run/secrets/app"],
  ["others may write to", "mkdir -p /run/secrets/app && chmod 0775 /run/secrets/app"],
  ["is in one that belongs to another", "mkdir -p /run/secrets && chown daemon /run/secrets"],
  ["is a link", "mkdir -p /run/secrets /run/other && ln -s /run/other /run/secrets/app"],
  ["is a link to nowhere", "mkdir /run/secrets && ln -s /run/other /run/secrets/app"],
  ["is a file", "mkdir /run/secrets && touch /run/secrets/app"],
])("are not written to a folder that %s", (_, squat) => {
  const made = withAnswers(boots(...secretParts([{ secret: SECRET, file: "app/db" }], "al2023"), stepsPart([LATER])));
  const { console } = made.program("squat", `#!/bin/bash\n${squat}\n`).boot("squat", "first");
  expect(console).toContain("FAILED: secrets[0]: /run/secrets/app is not a folder that root alone may write to");
  expect([made.has("run/secrets/app/db"), made.has("run/other/db"), made.has("var/lib/later")]).toEqual([
    false,
    false,
    false,
  ]);
});

test("replace a link in their place, and leave what it leads to", () => {
  const made = withAnswers(boots(...secretParts([{ secret: SECRET, file: "db", owner: "daemon" }], "al2023")));
  made.program("squat", "#!/bin/bash\nmkdir /run/secrets; echo kept > /run/other; ln -s /run/other /run/secrets/db\n");
  expect(made.boot("squat", "first").status).toBe(0);
  expect([made.read("run/other"), made.mode("run/other")]).toEqual(["kept\n", "644 0 0"]);
  expect(made.mode("run/secrets/db")).toBe("600 1 1");
});

/** A package whose script starts its service, which needs the secret, as those of Debian do. */
const PACKAGE = `#!/bin/bash
set -e
cat > /usr/local/sbin/nginx << 'END'
#!/bin/bash
cp /run/secrets/db /var/lib/started
END
chmod 0755 /usr/local/sbin/nginx
printf '[Service]\\nExecStart=/usr/local/sbin/nginx\\n' > /etc/systemd/system/nginx.service
systemctl start nginx.service
[ ! -e /var/lib/started ] || touch /var/lib/too-early
`;

describe.each(IMAGES)("on %s a service that a package starts", (image) => {
  const given: readonly ResolvedSecret[] = [{ secret: SECRET, file: "db", neededBy: ["nginx.service"] }];
  const machine = () => {
    const made = withAnswers(boots(...secretParts(given, image), stepsPart([LATER]))).program("packages", PACKAGE);
    return image === "al2023" ? made : withoutCli(made);
  };

  test("waits for the first fetch, and the boot goes on", () => {
    const made = machine();
    expect(made.boot("first")).toMatchObject({ status: 0, console: "" });
    expect(made.has("var/lib/too-early")).toBe(false);
    expect(made.read("var/lib/started")).toBe(`{"user":"ann"}`);
    expect(made.has("var/lib/later")).toBe(true);
  });

  test("starts at later boots once they are fetched, and not where they are not", () => {
    const made = machine();
    made.boot("first");
    made.program("restarted", "#!/bin/bash\nrm -f /var/lib/started\nsystemctl start nginx.service\n");
    expect(made.boot("restarted").status).toBe(0);
    expect(made.has("var/lib/started")).toBe(true);
    expect(made.breaks("aws").boot("restarted").status).not.toBe(0);
    expect(made.has("var/lib/started")).toBe(false);
  });
});
