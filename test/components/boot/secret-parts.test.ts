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
  expect(made.mode("run/secrets/db")).toBe("640 1");
  expect(made.mode("run/secrets")).toBe("711 0");
  expect(made.mode("run/ec2-hardening/environment/web.service/TOKEN")).toBe("600 0");
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

test.each(IMAGES.filter((image) => image !== "al2023"))(
  "the AWS CLI is installed on %s from where its makers publish it",
  (image) => {
    const made = withAnswers(boots(...secretParts(SECRETS, image))).without("aws");
    const install = `#!/bin/bash\ncase "$*" in *" install "*awscli*|"install aws-cli"*) cp "$MACHINE/stubs/systemctl" "$MACHINE/stubs/aws";; esac\n`;
    made.program("stubs/snap", install).program("stubs/apt-get", install);
    expect(made.boot("first")).toMatchObject({ status: 0, console: "" });
    expect(made.read("run/secrets/db")).toBe(`{"user":"ann"}`);
  },
);
