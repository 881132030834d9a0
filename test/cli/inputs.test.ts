import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { judgeStack } from "../../policies/judge";
import { UNKNOWN, type StackResource } from "../../policies/machine/resource";
import { readSettings } from "../../policies/settings";
import { readContent } from "../../cli/inputs/content";
import { readResources } from "../../cli/inputs/written";
import { command, names } from "./harness";

/** What the real CLI has written about one program; `npm run input-samples` makes them anew. */
const SAMPLES = path.join(__dirname, "inputs");

function text(sample: string): string {
  return readFileSync(path.join(SAMPLES, sample), "utf8");
}

function read(sample: string) {
  const content = readContent(text(sample), sample);
  return { content, ...readResources(content) };
}

function named(resources: readonly StackResource[], name: string): StackResource {
  const found = resources.find((each) => each.name === name);
  if (!found) throw new Error(`no ${name} among ${resources.map((each) => each.name).join(", ")}`);
  return found;
}

/** Policy and resource of everything that is mandatory or unverified. */
function verdicts(sample: string): string[] {
  const { findings } = judgeStack(read(sample).resources, readSettings(), "2026-01-01");
  const telling = findings.filter(({ level, policy }) => level === "mandatory" || policy === "unverified-at-preview");
  return telling.map(({ policy, urn }) => `${policy} ${urn.split("::").at(-1) ?? ""}`).sort();
}

const MANDATORY = [
  "imds-hop-limit app-machine",
  "imds-hop-limit far",
  "imds-require-v2 app-machine",
  "profile-no-admin app-role",
];
const LEAVING = ["imds-hop-limit leaving", "imds-require-v2 leaving"];
/** A template outside the stack that the file shows with its outputs, and that sets nothing. */
const OUTSIDE = ["imds-hop-limit outside", "imds-require-v2 outside"];
/** Machines that the second preview replaces. */
const REPLACED = ["imds-require-v2 renewed", "imds-require-v2 swapped"];
const SHOWN = ["imds-require-v2 template", "userdata-no-credentials hidden"];

test.each([
  ["preview-new.json", [...MANDATORY, ...LEAVING, "imds-require-v2 template"], ["hidden", "open", "outside"]],
  [
    "events-new.ndjson",
    [...MANDATORY, ...LEAVING, ...OUTSIDE, "imds-require-v2 template"],
    ["group", "hidden", "open"],
  ],
  ["plan-new.json", [...MANDATORY, ...LEAVING, "imds-require-v2 template"], ["hidden", "open", "outside"]],
  ["state.json", [...MANDATORY, ...LEAVING, ...OUTSIDE, "imds-require-v2 template"], ["hidden"]],
  ["state-secrets.json", [...MANDATORY, ...LEAVING, ...OUTSIDE, ...SHOWN], []],
  ["preview-sames.json", [...MANDATORY, ...REPLACED], ["hidden", "outside"]],
  ["preview-refresh.json", [...MANDATORY, ...REPLACED], ["hidden", "outside"]],
  ["preview-failed.json", [...MANDATORY, ...REPLACED], ["hidden", "outside"]],
  ["events-change.ndjson", [...MANDATORY, ...REPLACED, ...OUTSIDE], ["hidden"]],
  ["preview-change.json", REPLACED, []],
  ["preview-destroy.json", [], []],
])("%s gives the verdicts of the program that it tells of", (sample, mandatory, unverified) => {
  const wanted = [...mandatory, ...unverified.map((name) => `unverified-at-preview ${name}`)];
  expect(verdicts(sample)).toEqual(wanted.sort());
});

test("a plan says of what exists already only what changes: the rest is unverified, and no finding", () => {
  const { content, resources } = read("plan-change.json");
  const template = named(resources, "template");
  expect(template.inputs).toMatchObject({
    metadataOptions: { httpTokens: "required" },
    imageId: UNKNOWN,
    userData: UNKNOWN,
  });
  expect(resources.map(({ name }) => name)).not.toContain("leaving");
  const unverified = verdicts("plan-change.json").filter((verdict) => verdict.startsWith("unverified"));
  expect(verdicts("plan-change.json").filter((verdict) => !unverified.includes(verdict))).toEqual(REPLACED);
  expect(unverified).toContain("unverified-at-preview template");
  expect(content.notes.join()).toContain("pulumi preview --json --show-sames");
});

describe("what a preview tells", () => {
  const { resources } = read("preview-new.json");

  test("unknown values and secrets are unknown, and everything else is known", () => {
    expect(named(resources, "open").inputs).toMatchObject({
      metadataOptions: { httpTokens: UNKNOWN, httpPutResponseHopLimit: 1 },
    });
    expect(named(resources, "hidden").inputs).toMatchObject({ userData: UNKNOWN, ami: "ami-0123456789abcdef0" });
    expect(named(resources, "far").inputs).not.toHaveProperty("__defaults");
  });

  test("dependencies lead to resources, parents and providers too", () => {
    const machine = named(resources, "app-machine");
    expect(names(machine.propertyDependencies["iamInstanceProfile"])).toEqual(["app-profile"]);
    expect(names(machine.dependencies)).toEqual(["app-profile"]);
    expect(Object.keys(machine.propertyDependencies)).toEqual(["iamInstanceProfile"]);
    expect(machine.parent).toBe(named(resources, "app").urn);
    expect(named(resources, "far").provider).toMatchObject({ name: "ireland", props: { region: "eu-west-1" } });
    expect(named(resources, "template").provider).toMatchObject({ name: "default_7_48_0" });
  });

  test("a resource that is read is context, with everything unknown that the file does not say", () => {
    expect(named(resources, "shared")).toMatchObject({
      inputs: undefined,
      outputs: { id: "lt-0123456789abcdef0", metadataOptions: UNKNOWN },
    });
  });

  test("it is known what is new", () => {
    const created = (sample: string) => named(read(sample).resources, "template").created;
    expect(["preview-new.json", "plan-new.json", "events-new.ndjson"].map(created)).toEqual([true, true, true]);
    expect(["preview-sames.json", "state.json", "plan-change.json"].map(created)).toEqual([false, false, false]);
  });
});

test("an edge to what a preview leaves out leads to something unseen; the notice says how to see it", () => {
  const preview = JSON.parse(text("preview-sames.json")) as { steps: { op: string; urn: string }[] };
  const steps = preview.steps.filter(({ op, urn }) => op !== "same" || urn.endsWith("group"));
  const content = readContent(JSON.stringify({ ...preview, steps: steps.filter(({ op }) => op !== "update") }), "p");
  const { resources } = readResources(content);
  expect(named(resources, "group").propertyDependencies["launchTemplate"]).toEqual([]);
  expect(content.notes.join()).toContain("11 unchanged resources are not in the preview");
});

describe("a preview that policies have stopped", () => {
  const closing = { severity: "error", message: "error: preview failed\n" };

  /** The recorded events, with what the CLI adds where a policy finds something. */
  function stopped(policyEvent: object, ...errors: object[]): string {
    const events = text("events-new.ndjson").trim().split("\n");
    const parsed = events.map((line) => JSON.parse(line) as { summaryEvent?: object });
    const ended = parsed.map((event) =>
      event.summaryEvent ? { ...event, summaryEvent: { ...event.summaryEvent, result: "failed" } } : event,
    );
    const added = [{ policyEvent }, ...[...errors, closing].map((diagnosticEvent) => ({ diagnosticEvent }))];
    const all = [...added.map((event) => ({ sequence: 1, timestamp: 1, ...event })), ...ended];
    return all.map((event) => JSON.stringify(event)).join("\n");
  }

  test.each([
    ["a mandatory one", { enforcementLevel: "mandatory" }, [], true],
    ["an exempted one", { enforcementLevel: "mandatory", exceptions: [{ id: "SEC-1" }] }, [], false],
    ["an advisory one", { enforcementLevel: "advisory" }, [], false],
    ["one beside an error", { enforcementLevel: "mandatory" }, [{ severity: "error", message: "boom" }], false],
  ])("%s: its events are complete where nothing else went wrong", (_what, policyEvent, errors, complete) => {
    const content = readContent(stopped(policyEvent, ...errors), "events");
    expect([content.complete, content.errors.length === 0]).toEqual([complete, complete]);
  });

  test("the preview itself does not tell why, so it is no complete one", () => {
    const preview = JSON.parse(text("preview-new.json")) as { diagnostics?: object[] };
    const content = readContent(JSON.stringify({ ...preview, diagnostics: [closing] }), "preview");
    expect(content.complete).toBe(false);
    expect(content.errors.join()).toContain("policies that it was given have stopped it");
  });
});

test.each([
  ["Pulumi Cloud", { type: "service", state: { url: "https://api.pulumi.com", owner: "o", project: "p", stack: "s" } }],
  ["a cloud's key", { type: "cloud", state: { url: "awskms://alias/pulumi", encryptedkey: "QUJD" } }],
  ["nothing", undefined],
])("a state whose secrets %s encrypts says the same as one with a passphrase", (_what, secrets_providers) => {
  const state = JSON.parse(text("state.json")) as { deployment: object };
  const other = JSON.stringify({ ...state, deployment: { ...state.deployment, secrets_providers } });
  const { resources, hidden } = readResources(readContent(other, "state"));
  expect(hidden).toBe(read("state.json").hidden);
  expect(resources).toEqual(read("state.json").resources);
});

test("standard input is read to its end, in whatever pieces it comes", async () => {
  const stdin = Object.getOwnPropertyDescriptor(process, "stdin");
  const bytes = Buffer.from(text("preview-new.json"));
  const pieces = Array.from({ length: Math.ceil(bytes.length / 1000) }, (_, i) =>
    bytes.subarray(i * 1000, i * 1000 + 1000),
  );
  Object.defineProperty(process, "stdin", { value: Readable.from(pieces), configurable: true });
  try {
    const { stdout, exitCode } = await command("check", "-");
    expect(stdout).toContain("app-role (aws:iam:Role) in app (my:web:Server)");
    expect(exitCode).toBe(1);
  } finally {
    if (stdin) Object.defineProperty(process, "stdin", stdin);
  }
});

test("explain reads files too", async () => {
  const { stdout, exitCode } = await command("explain", "app-role", path.join(SAMPLES, "state.json"));
  expect(stdout).toContain("AdministratorAccess");
  expect(exitCode).toBe(1);
});

test("a secret that a state shows is judged, and never printed", async () => {
  const { stdout, stderr } = await command("check", "--verbose", path.join(SAMPLES, "state-secrets.json"));
  expect(stdout).toContain("hidden (aws:ec2:Instance)");
  expect(stdout + stderr).not.toContain("0nly-for-this-test");
  const hidden = named(read("state-secrets.json").resources, "hidden");
  expect(hidden.inputs?.["userData"]).toContain("export TOKEN=");
});

test.each(["preview-failed.json", "events-failed.ndjson"])("%s: a run that failed is not complete", async (sample) => {
  const result = await command("check", path.join(SAMPLES, sample));
  expect(result.stderr).toContain("the wheels came off");
  expect(result.stdout).toContain("incomplete");
  expect(result.exitCode).toBe(1);
});

describe("files", () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), "inputs-"))));
  afterEach(() => rmSync(root, { recursive: true }));

  function file(name: string, content: string | Buffer): string {
    const target = path.join(root, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
    return target;
  }

  test("what the CLI says to people around its JSON does no harm", async () => {
    const noisy = `warning: something\n${text("preview-new.json")}\nerror: preview failed\n`;
    const result = await command("check", file("noisy.txt", noisy));
    expect(result.stdout).toContain("7 mandatory");
    const windows = await command("check", file("bom.json", `\ufeff${text("state.json").replaceAll("\n", "\r\n")}`));
    expect(windows.stdout).toContain("app-role (aws:iam:Role) in app (my:web:Server)");
  });

  test.each([
    ["UTF-16, as Windows PowerShell redirects", (json: string) => Buffer.from(`\ufeff${json}`, "utf16le")],
    ["UTF-16 the other way round", (json: string) => Buffer.from(`\ufeff${json}`, "utf16le").swap16()],
    ["gzip, as backends keep it", (json: string) => gzipSync(json)],
  ])("%s", async (_what, encode) => {
    for (const sample of ["preview-new.json", "events-new.ndjson"]) {
      const result = await command("check", file("encoded", encode(text(sample))));
      expect(result.stdout).toContain("app-role (aws:iam:Role) in app (my:web:Server)");
      expect(result.exitCode).toBe(1);
    }
  });

  test("a pipe is read like a file", async () => {
    const pipe = path.join(root, "pipe");
    execFileSync("mkfifo", [pipe]);
    const writer = spawn("cp", [path.join(SAMPLES, "state.json"), pipe]);
    const result = await command("check", pipe);
    writer.kill();
    expect(result.stdout).toContain("app-role (aws:iam:Role) in app (my:web:Server)");
  });

  test("the same file, however it is named, is judged once", async () => {
    const state = file("same.json", text("state.json"));
    symlinkSync(state, path.join(root, "link.json"));
    const { stdout } = await command("check", state, path.join(root, "x", "..", "same.json"), `${root}/link.json`);
    expect(stdout).not.toContain("programs");
  });

  test("parents in a circle end", async () => {
    const urn = (name: string): string => `urn:pulumi:dev::p::aws:ec2/instance:Instance::${name}`;
    const type = "aws:ec2/instance:Instance";
    const resources = ["a", "b"].map((name, index, all) => ({
      urn: urn(name),
      type,
      custom: true,
      inputs: { ami: "ami-1" },
      parent: urn(all[1 - index] ?? ""),
      dependencies: all.map(urn),
    }));
    const result = await command(
      "check",
      file("circle.json", JSON.stringify({ version: 3, deployment: { resources } })),
    );
    expect(result.exitCode).toBe(1);
  });

  test("an empty stack of a backend has no findings", async () => {
    const result = await command("check", file("none.json", '{"version": 3, "checkpoint": {"stack": "dev"}}'));
    expect(result).toEqual({ exitCode: 0, stdout: "✔ no findings (0 of 0 resources judged)\n", stderr: "" });
  });

  test.each([
    ["a file that is cut off", text("state.json").slice(0, 2000), "is not valid JSON"],
    [
      "a value without end",
      `{"version": 3, "deployment": {"resources": [{"urn": "a", "inputs": ${'{"a":'.repeat(9000)}1${"}".repeat(9000)}}]}}`,
      "is nested too deeply",
    ],
  ])("%s is told in one line, and nothing of it is shown", async (_what, content, message) => {
    const result = await command("check", file("wrong.json", content));
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toContain("    at ");
    expect(result.stderr).not.toContain("urn");
    expect(result.exitCode).toBe(2);
  });

  test.each([
    ["", '"" is no path'],
    [path.join(tmpdir(), "no-such-file.json"), "does not exist"],
  ])("'%s' is told", async (asked, message) => {
    const result = await command("check", asked);
    expect(result.stderr).toContain(message);
    expect(result.exitCode).toBe(2);
  });

  test("a link to itself is told without a stack trace", async () => {
    const loop = path.join(root, "loop");
    symlinkSync("loop", loop);
    const result = await command("check", loop);
    expect(result.stderr).toContain("ELOOP");
    expect(result.stderr).not.toContain("    at ");
    expect(result.exitCode).toBe(2);
  });

  test("events that stop before their end are not complete", async () => {
    const cut = text("events-new.ndjson").split("\n").slice(0, 60).join("\n");
    const result = await command("check", file("cut.ndjson", cut));
    expect(result.stderr).toContain("the events stop before the summary");
    expect(result.exitCode).not.toBe(0);
  });

  test.each([
    ["nothing", "", "is empty"],
    ["some text", "hello\n", "is nothing that check can read"],
    ["another tool's plan", '{"planned_values": {}, "resource_changes": []}', "is nothing that check can read"],
    ["a list", "[1, 2]", "is nothing that check can read"],
    ["a state without a list", '{"deployment": {"resources": "x"}}', "something that is no resource"],
    ["a state with a hole", '{"deployment": {"resources": [null]}}', "something that is no resource"],
    ["a state with what has no name", '{"deployment": {"resources": [{}]}}', "something that is no resource"],
    ["a plan with a hole", '{"resourcePlans": {"urn:pulumi:a::b::c::d": null}}', "something that is no resource"],
    ["a state of long ago", '{"version": 2, "deployment": {"resources": []}}', "is of version 2"],
  ])("%s is told, with what to give instead", async (_what, content, message) => {
    const result = await command("check", file("input.json", content));
    expect(result.stderr).toContain(message);
    expect(result.stderr).toMatch(/pulumi (preview|stack export)/);
    expect(result.exitCode).toBe(2);
  });

  test.each([
    '{"steps": [null, 1, {"urn": 3}, {"urn": "x", "op": "create", "newState": {"inputs": [], "provider": 5}}]}',
    '{"version": 3, "deployment": {"resources": [{"urn": "urn:pulumi:a"}, {}, "x", {"urn": "__proto__", "type": 1}]}}',
    '{"resourcePlans": {"u": {"goal": {"inputDiff": {"adds": 1, "deletes": {}}}, "steps": "create"}, "v": null}}',
    '{"sequence": 1, "timestamp": 1, "resourcePreEvent": {"metadata": {"urn": "u", "new": []}}}',
    '{"checkpoint": {"latest": {"resources": {}}}}',
  ])("%s: what has not the shape is told, or passed over", async (content) => {
    const result = await command("check", file("odd.json", content));
    expect(result.stderr).not.toMatch(/at .*\.ts:/);
  });
});
