import { Engine, example, expectRun, preset, program } from "./harness";

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

const config = preset("strict");

test("a YAML program makes every component, and all that they make passes the strict preset", async () => {
  const components = example("yaml");
  // The secret's ARN is known when the secret is made.
  const waiting = "advisory unverified-at-preview shop";
  expectRun(await engine.preview(components), 0, [waiting, waiting]);
  expectRun(await engine.up(components, { config, flags: ["--skip-preview"] }), 0, []);
  expectRun(await engine.preview(components, { config }), 0, []);
  expect(engine.changes(components)).toEqual(
    expect.arrayContaining(["create shop", "create worker", "create fleet", "create imds"]),
  );
});

test("a Python program does, with the SDK that the CLI makes of the package", async () => {
  const components = example("python");
  await engine.addPython(components, "./node_modules/ec2-hardening/plugin");
  const stackConfig = { databasePasswordArn: "arn:aws:secretsmanager:us-west-2:123456789012:secret:db-AbCdEf" };
  expectRun(await engine.up(components, { config, stackConfig }), 0, []);
  expect(engine.changes(components)).toEqual(
    expect.arrayContaining(["create bastion", "create web", "create workers"]),
  );
});

test("mistakes are all told, by the names of the arguments, and nothing is made", async () => {
  const run = await engine.up(program("yaml-mistakes"), { flags: ["--skip-preview"] });
  expect(run.exitCode).not.toBe(0);
  expect(run.text).toMatch(/keyName/);
  expect(run.text).toMatch(/sessionManager/);
  expect(engine.changes(program("yaml-mistakes"))).toEqual([]);
});
