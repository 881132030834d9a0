import { UNKNOWN } from "../../policies/machine/resource";
import { command, host, named, programDirectory } from "./harness";

jest.setTimeout(300_000);

test("what AWS decides gives no verdict, where programs copy or derive it; their own values do", async () => {
  const { stdout, stderr } = await command("check", programDirectory("lookups"));
  expect(stderr).toBe("");
  const block = (name: string): string => stdout.split("\n\n").find((each) => each.startsWith(`${name} (`)) ?? "";

  expect(block("own")).toMatch(/advisory +imds-attack-path/);
  for (const name of ["copied", "derived", "inside", "listed"]) {
    expect(block(name)).not.toMatch(/advisory +imds-attack-path/);
    expect(block(name)).toMatch(/waits for .*: imds-attack-path/);
  }
  expect(block("options")).not.toContain("mandatory");
  expect(block("options")).toMatch(/httpTokens waits for .*: imds-require-v2/);
  for (const name of ["options", "limit"]) expect(block(name)).toMatch(/HopLimit waits for .*: imds-hop-limit/);
  expect(block("limit")).not.toContain("mandatory");
  expect(block("group")).toMatch(/version waits for .*: launch-template-version/);
  expect(block("image") + block("golden")).toBe("");
});

test("values are hidden one by one: what the program writes stays known", async () => {
  const result = await host("lookups");
  expect(result.outcome).toEqual({ kind: "completed" });
  expect(named(result, "limit").inputs?.["metadataOptions"]).toMatchObject({
    httpTokens: "required",
    httpPutResponseHopLimit: UNKNOWN,
  });
  expect(named(result, "options").inputs).toMatchObject({ ami: "ami-0abcdef1234567890", instanceType: "t3.micro" });
  expect(named(result, "image").inputs).toMatchObject({
    ami: UNKNOWN,
    metadataOptions: { httpPutResponseHopLimit: 1 },
  });
});
