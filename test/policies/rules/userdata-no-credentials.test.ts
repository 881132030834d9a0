import { gzipSync } from "node:zlib";
import { judgeStack } from "../../../policies/judge";
import { configSecrets } from "../../../policies/stack-config";
import { readSettings } from "../../../policies/settings";
import { b64, Made } from "../../corpus/corpus";
import { HARDENED, messages, resource, stack, unknown, verdicts, type Written } from "../harness";

const POLICY = "userdata-no-credentials";
const made = new Made(POLICY);
const SECRET = made.password();
const SCRIPT = `#!/bin/bash\nmysqladmin -u root -p${SECRET} create shop\n`;
const CLEAN = "#!/bin/bash\nmysqladmin -u root create shop\n";

const web = (inputs: Record<string, unknown>, extra = {}): Written =>
  resource("Instance", "web", { metadataOptions: HARDENED, ...inputs }, extra);
const random = resource(
  "random:index/randomPassword:RandomPassword",
  "pw",
  { length: 24 },
  { outputs: { result: unknown } },
);
const key = resource("aws:iam/accessKey:AccessKey", "key", { user: "app" }, { outputs: { secret: unknown } });
const bucket = resource("aws:s3/bucket:Bucket", "files", {});
const parameter = (value: unknown, type = "SecureString") =>
  resource("aws:ssm/parameter:Parameter", "parameter", { type, value, name: "/a" });
const made_of = (...names: string[]) => ({ edges: { userData: names } });

describe("what the text says", () => {
  test.each<[string, Written[], string[]]>([
    ["none", [web({})], []],
    ["clean", [web({ userData: CLEAN })], []],
    ["a password", [web({ userData: SCRIPT })], ["violation web"]],
    ["in base64", [web({ userDataBase64: b64(SCRIPT) })], ["violation web"]],
    ["gzipped", [web({ userDataBase64: gzipSync(SCRIPT).toString("base64") })], ["violation web"]],
    ["the wrong type", [web({ userData: 7 })], ["unverified web"]],
    ["broken gzip", [web({ userDataBase64: gzipSync(SCRIPT).subarray(0, 30).toString("base64") })], ["unverified web"]],
    ["an archive", [web({ userDataBase64: "UEsDBBQAAAAIAA==" })], ["unverified web"]],
    [
      "a template, once, and not at the machine that takes it",
      [
        resource("LaunchTemplate", "lt", { name: "lt-1", userData: b64(SCRIPT), metadataOptions: HARDENED }),
        resource("Instance", "web", { launchTemplate: { name: "lt-1", version: "$Latest" } }),
      ],
      ["violation lt"],
    ],
    ["a launch configuration", [resource("LaunchConfiguration", "lc", { userData: SCRIPT })], ["violation lc"]],
    ["a spot request", [resource("SpotInstanceRequest", "spot", { userData: SCRIPT })], ["violation spot"]],
    [
      "a launch specification",
      [resource("SpotFleetRequest", "fleet", { launchSpecifications: [{ ami: "ami-1", userData: SCRIPT }] })],
      ["violation fleet"],
    ],
    ["Lightsail", [resource("aws:lightsail/instance:Instance", "box", { userData: SCRIPT })], ["violation box"]],
    [
      "an image recipe",
      [resource("aws:imagebuilder/imageRecipe:ImageRecipe", "recipe", { userDataBase64: b64(SCRIPT) })],
      ["violation recipe"],
    ],
    [
      "the scripts of a notebook",
      [
        resource(
          "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration",
          "start",
          {
            onStart: b64(SCRIPT),
          },
        ),
        resource("aws-native:sagemaker:NotebookInstanceLifecycleConfig", "create", {
          onCreate: [{ content: b64(SCRIPT) }],
        }),
      ],
      ["violation create", "violation start"],
    ],
  ])("%s", (_, written, expected) => {
    expect(verdicts(POLICY, written)).toEqual(expected);
  });
});

describe("what it is made of", () => {
  test.each<[string, Written[], string[]]>([
    ["a generated password", [random, web({ userData: unknown }, made_of("pw"))], ["violation web"]],
    ["an access key", [key, web({ userData: unknown }, made_of("key"))], ["violation web"]],
    ["without edges of the property", [random, web({ userData: unknown }, { dependsOn: ["pw"] })], ["violation web"]],
    ["something else", [bucket, web({ userData: unknown }, made_of("files"))], ["unverified web"]],
    [
      "a parameter, which has other outputs",
      [parameter(unknown), web({ userData: unknown }, made_of("parameter"))],
      ["unverified web"],
    ],
    [
      "a component that made a password",
      [
        resource("my:index:Database", "database", {}),
        { ...random, parent: "database" },
        web({ userData: unknown }, made_of("database")),
      ],
      ["violation web"],
    ],
    [
      "a cloud-init document that is made of a password",
      [
        random,
        resource("cloudinit:index/config:Config", "init", {}, { edges: { parts: ["pw"] } }),
        web({ userData: unknown }, made_of("init")),
      ],
      ["violation web"],
    ],
    ["known and harmless, whatever it depends on", [random, web({ userData: CLEAN }, made_of("pw"))], []],
  ])("%s", (_, written, expected) => {
    expect(verdicts(POLICY, written)).toEqual(expected);
  });

  test("what bears a secret is named", () => {
    const written = [parameter(unknown), web({ userData: unknown }, made_of("parameter"))];
    const { findings } = judgeStack(stack(written), readSettings(), "2026-01-01");
    expect(findings.map(({ message }) => message).join()).toContain("parameter");
  });
});

describe("secrets that the program knows", () => {
  const phrase = "blue-harbour-lantern";
  const text = `#!/bin/bash\n/opt/start ${phrase}\n`;
  test.each<[string, Written[], string[]]>([
    ["a SecureString", [parameter(phrase), web({ userData: text })], ["violation web"]],
    ["a String is none", [parameter(phrase, "String"), web({ userData: text })], []],
    [
      "a generated password, once it is known",
      [{ ...random, outputs: { result: phrase } }, web({ userData: text })],
      ["violation web"],
    ],
    [
      "a member of a secret version",
      [
        resource("aws:secretsmanager/secretVersion:SecretVersion", "v", {
          secretString: JSON.stringify({ user: "app", pw: phrase }),
        }),
        web({ userData: text }),
      ],
      ["violation web"],
    ],
    [
      "a database's password",
      [resource("aws:rds/instance:Instance", "db", { password: phrase }), web({ userData: text })],
      ["violation web"],
    ],
    ["too short to tell", [parameter("start"), web({ userData: text })], []],
  ])("%s", (_, written, expected) => {
    expect(verdicts(POLICY, written)).toEqual(expected);
  });

  test.each<[string, string, string, number]>([
    ["a key that says password", "app:dbPassword", phrase, 1],
    ["a key that says nothing", "app:colour", phrase, 0],
    ["a plain word", "app:dbPassword", "start", 0],
    ["the name of the stack", "app:dbPassword", "blue-harbour-lantern", 0],
    ["a member that says it", "app:db", JSON.stringify({ host: "db", password: phrase }), 1],
    ["a member that does not", "app:db", JSON.stringify({ host: phrase }), 0],
  ])("configuration: %s", (title, name, value, count) => {
    const secrets = configSecrets([[name, value]], title.includes("stack") ? phrase : "dev");
    const { findings } = judgeStack(stack([web({ userData: text })]), readSettings(), "2026-01-01", secrets);
    expect(findings.filter(({ policy }) => policy === POLICY)).toHaveLength(count);
  });
});

test("one finding a secret, with kind, path and line, and nothing of the value", () => {
  const twice = `${SCRIPT}export DB_PASSWORD=${SECRET}\nexport API_TOKEN=${made.token(32)}\n`;
  const found = messages(POLICY, [web({ userDataBase64: b64(twice) })]);
  expect(found).toHaveLength(2);
  expect(found[0]).toContain("userDataBase64:2 holds a password");
  for (const secret of made.secrets) expect(found.join()).not.toContain(secret.slice(0, 6));
});
