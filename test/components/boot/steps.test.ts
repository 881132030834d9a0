import { commandProblem, commandsStep, scriptProblem, stepsPart } from "../../../components/boot/steps";
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
  [["true", "false", "touch /var/lib/later"], "commands[1] ended with status 1"],
  [["false | true", "touch /var/lib/later"], "commands[0] ended with status 1"],
  [["true", "echo $missing", "touch /var/lib/later"], "commands[1] ended with status 1"],
  [["true\ntrue\ntrue", "value=$missing"], "commands[1] ended with status 1"],
  [["true\ntrue\nexit 7", "true"], "commands[0] ended with status 7"],
  [["true", "(exit 5)", "true"], "commands[1] ended with status 5"],
  [["true", "value=$(exit 6)", "true"], "commands[1] ended with status 6"],
  [["for each in 1 2; do", "  true", "  no-such-command", "done"], "commands[2] ended with status 127"],
  [["stop() { exit 8; }", "go() {", "  stop", "}", "true", "go", "true"], "commands[5] ended with status 8"],
  [["fails() { false; }", "true", "fails", "true"], "commands[2] ended with status 1"],
  [["true", "trap 'touch /var/lib/mine' EXIT", "false", "true"], "commands[2] ended with status 1"],
  [["trap - EXIT ERR DEBUG", "exit 9"], "commands ended with status 9"],
])("commands stop at the first one that fails, which is named once: %j", (commands, named) => {
  const made = boots(stepsPart([commandsStep([...commands, "touch /var/lib/later"], "commands")]));
  const { console } = made.boot("first");
  expect(console).toContain(named);
  expect(console.match(/commands\[/g) ?? []).toHaveLength(named.includes("[") ? 1 : 0);
  expect(made.has("var/lib/later")).toBe(false);
  expect(made.has("var/lib/mine")).toBe(commands.some((command) => command.includes("/mine")));
});

test("what fails is never printed", () => {
  const made = boots(stepsPart([commandsStep(["false hunter2", "true"], "commands")]));
  const { console, log } = made.boot("first");
  expect(console).toContain("commands[0]");
  expect(console + log).not.toContain("hunter2");
});

test.each([
  ["a here document", ["cat > /var/lib/seen << END", "$HOME", "END"], "/root\n"],
  ["a line that goes on", ["echo one \\", "  two > /var/lib/seen"], "one two\n"],
  ["a choice", ["case x in", "x)", "  echo x > /var/lib/seen ;;", "esac"], "x\n"],
  ["a list", ["all=(", "  one", "  two", ")", 'echo "${all[@]}" > /var/lib/seen'], "one two\n"],
  ["a text", ["printf '%s' 'one", "two' > /var/lib/seen"], "one\ntwo"],
  ["several lines in one", ["if true; then\n  echo yes > /var/lib/seen\nfi\n"], "yes\n"],
  ["the last word", ["true one two", 'echo "$_" > /var/lib/seen'], "two\n"],
  ["what may fail", ["false || true", "if false; then true; fi", "! true", "echo $? > /var/lib/seen"], "1\n"],
  ["a substitution", ['go() { local value=$(false); echo "$value ok"; }', "go > /var/lib/seen"], " ok\n"],
  ["its own trap", ["trap 'echo mine > /var/lib/seen' EXIT"], "mine\n"],
])("commands are lines of one shell: %s", (_, commands, seen) => {
  const made = boots(stepsPart([commandsStep(commands, "commands")]));
  expect(made.boot("first")).toMatchObject({ status: 0, console: "" });
  expect(made.read("var/lib/seen")).toBe(seen);
});

test("a script may hold whatever would end the text around it", () => {
  const script = "#!/bin/bash\ncat > /var/lib/seen << 'END_OF_STEP_1'\n$HOME `id` \\\nEND_OF_STEP_1\n";
  const made = boots(stepsPart([{ name: "scripts[0]", script }]));
  expect(made.boot("first").status).toBe(0);
  expect(made.read("var/lib/seen")).toBe("$HOME `id` \\\n");
});

test.each([
  ["user", { owner: "missing" }],
  ["group", { owner: "root:missing" }],
])("a file whose %s is missing stops the steps", (_, owner) => {
  const files = [
    { path: "/var/lib/there", content: "" },
    { path: "/var/lib/its", content: "", owner: "nobody:nogroup" },
    { path: "/var/lib/never", content: "", ...owner },
  ];
  const made = boots(filesPart(files), stepsPart([LATER], files));
  expect(made.boot("first").console).toContain("/var/lib/never was not written");
  expect(made.has("var/lib/there")).toBe(true);
  expect(made.mode("var/lib/its")).toBe("644 65534 65534");
  expect(made.has("var/lib/later")).toBe(false);
});

test("files of users and groups that come with a package are there when steps run", () => {
  const files = [
    { path: "/var/lib/user", content: "", owner: "nobody" },
    { path: "/var/lib/group", content: "", owner: "root:late", permissions: "0640" },
    { path: "/var/lib/root", content: "" },
  ];
  const made = boots(filesPart(files), stepsPart([LATER], files));
  made.program("packages", "#!/bin/bash\necho late:x:4321: >> /etc/group\n");
  expect(made.boot("first")).toMatchObject({ status: 0, console: "" });
  expect([made.mode("var/lib/user"), made.mode("var/lib/group")]).toEqual(["644 65534 0", "640 0 4321"]);
  expect(made.has("var/lib/later")).toBe(true);
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

test("a command with what no shell takes", () => {
  expect([commandProblem("true\n"), commandProblem("tr\0ue") === undefined]).toEqual([undefined, false]);
});
