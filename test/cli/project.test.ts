import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chooseStack, readProject, readStackConfig } from "../../cli/project";

let root: string;
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), "project-"))));
afterEach(() => rmSync(root, { recursive: true }));

function write(name: string, content: string): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), content);
}

function project(yaml = "name: shop\nruntime: nodejs\n") {
  write("Pulumi.yaml", yaml);
  return readProject(root);
}

test("a runtime may be a name, or a name with options", () => {
  expect(project()).toMatchObject({ name: "shop", runtime: "nodejs", runtimeOptions: {}, main: undefined });
  const long = "name: shop\nmain: src/\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n";
  expect(project(long)).toMatchObject({ runtime: "nodejs", runtimeOptions: { typescript: false }, main: "src/" });
});

test.each([
  ["no name", "runtime: nodejs\n", "name is missing"],
  ["no runtime", "name: shop\n", "runtime is missing"],
  ["a list", "- shop\n", "must hold keys and values"],
  ["broken YAML", "name: [shop\n", "is not valid YAML"],
])("%s is told with the file", (_what, yaml, message) => {
  expect(() => project(yaml)).toThrow(path.join(root, "Pulumi.yaml"));
  expect(() => project(yaml)).toThrow(message);
});

test("broken YAML is told by its line, which may hold a secret, not by its text", () => {
  write("Pulumi.dev.yaml", "config:\n  password: correct-horse\n    secure: AAAB\n");
  const read = () => readStackConfig(project(), "dev", []);
  expect(read).toThrow(/not valid YAML: bad indentation of a mapping entry in line 3$/);
});

test("a template is the project that pulumi new makes of it", () => {
  const yaml = [
    "name: ${PROJECT}",
    "runtime: nodejs",
    "template:",
    "  config:",
    "    aws:region: { description: The region, default: us-west-2 }",
    "    size: { default: t3.micro }",
    "    secret: { secret: true }",
    "config: { size: t3.small }",
    "",
  ].join("\n");
  const name = path.basename(root);
  expect(project(yaml).name).toBe(name);
  const values = { "aws:region": "us-west-2", [`${name}:size`]: "t3.small" };
  const config = readStackConfig(project(yaml), "dev", []);
  expect([Object.fromEntries(config.values), config.isTemplate]).toEqual([values, true]);
  write("Pulumi.dev.yaml", "config: {}\n");
  expect([...readStackConfig(project(yaml), "dev", []).values.keys()]).toEqual([`${name}:size`]);
  expect(() => project(yaml.replace("nodejs", "yaml"))).toThrow("Write a name and a description");
});

test("the stack is the one asked for, else the only one configured, else dev", () => {
  expect(chooseStack(project(), undefined).name).toBe("dev");
  write("Pulumi.prod.yaml", "config: {}\n");
  expect(chooseStack(project(), undefined)).toEqual({ name: "prod", project: "shop", organization: "organization" });
  write("Pulumi.test.yaml", "config: {}\n");
  expect(() => chooseStack(project(), undefined)).toThrow("several stacks: prod, test. Choose one with --stack NAME");
  expect(chooseStack(project(), "acme/shop/test")).toEqual({ name: "test", project: "shop", organization: "acme" });
  expect(() => chooseStack(project(), "acme/other/test")).toThrow("--stack test");
  write("Pulumi.dev.yaml", "config: {}\n");
  expect(chooseStack(project(), undefined).name).toBe("dev");
});

test("configuration is text: structured values are JSON, encrypted ones are replaced and stay secret", () => {
  write(
    "Pulumi.dev.yaml",
    [
      "config:",
      "  aws:region: eu-west-1",
      "  size: 3",
      "  on: true",
      "  empty:",
      "  shop:list: [1, {a: b}]",
      "  token: {secure: AAAB}",
      "  shop:nested: {user: bob, password: {secure: AAAC}}",
      "  other: {secure: AAAD}",
      "environment: [shared]",
      "",
    ].join("\n"),
  );
  const config = readStackConfig(project(), "dev", ["other=given", "shop:size=4", "flag=a=b"]);
  expect(config).toMatchObject({ environments: true, file: path.join(root, "Pulumi.dev.yaml") });
  expect(Object.fromEntries(config.values)).toEqual({
    "aws:region": "eu-west-1",
    "shop:size": "4",
    "shop:on": "true",
    "shop:empty": "",
    "shop:list": '[1,{"a":"b"}]',
    "shop:token": "secret-config-shop-token",
    "shop:nested": '{"user":"bob","password":"secret-config-shop-nested"}',
    "shop:other": "given",
    "shop:flag": "a=b",
  });
  expect([...config.secretKeys].sort()).toEqual(["shop:nested", "shop:other", "shop:token"]);
  expect([...config.placeholders].sort()).toEqual(["secret-config-shop-nested", "secret-config-shop-token"]);
});

test("the project gives values for all stacks, which a stack overrides", () => {
  const yaml = [
    "name: shop",
    "runtime: nodejs",
    "stackConfigDir: stacks",
    "config:",
    "  aws:region: eu-west-1",
    "  size: {type: integer, default: 2}",
    "  key: {type: string, secret: true}",
    "  color: red",
    "",
  ].join("\n");
  write("stacks/Pulumi.prod.yaml", "config:\n  color: blue\n");
  const shop = project(yaml);
  expect(chooseStack(shop, undefined).name).toBe("prod");
  const config = readStackConfig(shop, "prod", []);
  expect(Object.fromEntries(config.values)).toEqual({
    "aws:region": "eu-west-1",
    "shop:size": "2",
    "shop:color": "blue",
  });
  expect([...config.secretKeys]).toEqual(["shop:key"]);
});
