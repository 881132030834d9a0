import { commandsStep, scriptProblem, stepsPart } from "../../../components/boot/steps";
import { filesPart } from "../../../components/boot/files";
import { LATER } from "./fixtures";
import { boots } from "./machine";

test("run in their order, and know what programs need", () => {
  const made = boots(
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
  const made = boots(
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
  const made = boots(stepsPart([commandsStep(commands, "commands")]));
  expect(made.boot("first").console).toContain(named);
  expect(made.has("var/lib/later")).toBe(false);
});

test("a script may hold whatever would end the text around it", () => {
  const script = "#!/bin/bash\ncat > /var/lib/seen << 'END_OF_STEP_1'\n$HOME `id` \\\nEND_OF_STEP_1\n";
  const made = boots(stepsPart([{ name: "scripts[0]", script }]));
  expect(made.boot("first").status).toBe(0);
  expect(made.read("var/lib/seen")).toBe("$HOME `id` \\\n");
});

test("a file that was not written stops the steps", () => {
  const files = [
    { path: "/var/lib/there", content: "" },
    { path: "/var/lib/waits", content: "", owner: "nobody:nogroup" },
  ];
  const paths = files.map(({ path }) => path);
  // The end of the settings, where files of other users are written, is not part of this boot.
  const made = boots(filesPart(files), stepsPart([LATER], paths));
  expect(made.boot("first").console).toContain("/var/lib/waits was not written");
  expect(made.has("var/lib/there")).toBe(true);
  expect(made.has("var/lib/later")).toBe(false);
});

test.each([
  ["#!/bin/bash\ntrue\n", true],
  ["#! /usr/bin/env python3\n", true],
  ["echo no\n", false],
  ["#!bash\n", false],
  [" #!/bin/bash\n", false],
  ["#!/bin/bash\n\0", false],
])("whether a script can run: %j", (script, can) => {
  expect(scriptProblem(script) === undefined).toBe(can);
});
