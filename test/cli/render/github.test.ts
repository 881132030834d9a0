import { renderGithub } from "../../../cli/render/github";
import { HOSTILE, HOSTILE_PROGRAM, judged, many, MIXED, run } from "./fixture";

/** Reads a workflow command as the runner does (actions/runner, ActionCommand.cs). */
function read(line: string): { name: string; properties: Record<string, string>; message: string } {
  const [, name = "", list = "", data = ""] = /^::([a-z-]+) (.*?)::(.*)$/.exec(line) ?? [];
  const decode = (text: string): string => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  const pairs = list.split(",").map((pair) => {
    const [key = "", ...value] = pair.split("=");
    const text = decode(value.join("=")).replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%25", "%");
    return [key, text] as const;
  });
  return { name, properties: Object.fromEntries(pairs), message: decode(data).replaceAll("%25", "%") };
}

const lines = (text: string): string[] => text.trimEnd().split("\n");

test("each finding is one command, at the place where the resource is created", () => {
  const report = judged(MIXED);
  const commands = lines(renderGithub(run([report]))).map(read);
  const { mandatory, advisory, unverified } = report.counts;
  const named = (name: string): number => commands.filter((each) => each.name === name).length;
  // One notice more for the exempted finding, and one that sums up.
  expect([named("error"), named("warning"), named("notice")]).toEqual([mandatory, advisory, unverified + 2]);
  const web = commands.find(({ properties }) => properties["title"] === "imds-require-v2: web (aws:ec2:Instance)");
  expect(web?.properties).toMatchObject({ file: "infra/index.ts", col: "5" });
  expect(web?.message).toContain('\nSet metadataOptions.httpTokens: "required".');
});

test("the grammar holds whatever names hold: no line but commands, no property but ours, and the text comes back", () => {
  const text = renderGithub(run([judged(HOSTILE_PROGRAM)]));
  expect(text).not.toContain("\r");
  const commands = lines(text).map((line) => {
    expect(line).toMatch(/^::(error|warning|notice) [a-z]+=[^:,\r\n]*(,[a-z]+=[^:,\r\n]*)*::/);
    return read(line);
  });
  const [summary, ...findings] = commands;
  expect(Object.keys(summary?.properties ?? {})).toEqual(["title"]);
  for (const { properties } of findings) {
    expect(Object.keys(properties)).toEqual(["file", "line", "col", "title"]);
    expect(properties["title"]?.length).toBeLessThanOrEqual(255);
  }
  const [, , , command] = HOSTILE;
  // At the start of a line, the first colon of what a log would take for a command is an escape.
  const told = command.replace(/\r\n/, "\n").replaceAll(/^:/gm, "\\u003a").replace("\n", "\\n");
  const title = `imds-require-v2: ${told} (aws:ec2:Instance)`;
  expect(commands.map(({ properties }) => properties["title"])).toContain(title);
});

test("what GitHub leaves out is at the end, and is told in the first annotation: ten of a kind are shown", () => {
  const commands = lines(
    renderGithub(run([judged(many(12))], [{ directory: "gone", message: "gone is not a directory." }])),
  ).map(read);
  const [summary, first] = commands;
  expect(first?.properties["title"]).toBe("gone was not judged");
  expect(summary?.name).toBe("notice");
  expect(summary?.message).toContain("3 of 13 errors, 14 of 24 warnings");
  const few = lines(renderGithub(run([judged(MIXED)]))).map(read);
  expect(few[0]?.message).toContain("1 finding exempted.");
  expect(few[0]?.message).not.toContain("shows no annotation");
});

test("what weighs most comes first, and what is exempted last, saying so", () => {
  const commands = lines(renderGithub(run([judged(MIXED)]))).map(read);
  const titles = commands.map(({ properties }) => properties["title"]);
  expect(titles.findIndex((title) => title?.startsWith("imds-hop-limit"))).toBeGreaterThan(
    titles.findIndex((title) => title?.startsWith("imds-require-v2")),
  );
  expect(titles.at(-1)).toBe("imds-instance-tags: tagged (aws:ec2:Instance) (exempted)");
});

test("programs that were not judged are errors", () => {
  const [, gone, broken] = lines(
    renderGithub(
      run(
        [judged([], { outcome: { kind: "ended-early" }, errors: ["it broke"] })],
        [{ directory: "a,b", message: "no project\nthere" }],
      ),
    ),
  ).map(read);
  expect(gone).toMatchObject({
    name: "error",
    properties: { title: "a,b was not judged" },
    message: "no project\nthere",
  });
  expect(broken).toMatchObject({ name: "error", message: expect.stringContaining("\nit broke") as string });
});
