import type { RunResult } from "../../cli/host";
import type { ImdsGuardrailsArgs } from "../../components/guard-args";
import { declarativeDocument, planGuardrails, serviceControlDocument } from "../../components/plan/guardrails";
import { verdicts, resource } from "../policies/harness";
import { inputsOf, run } from "./harness";

const DEFAULTS = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults";
const POLICY = "aws:organizations/policy:Policy";
const ATTACHMENT = "aws:organizations/policyAttachment:PolicyAttachment";
const DEPLOY = "arn:aws:iam::*:role/deploy";

let made: RunResult;
beforeAll(async () => {
  made = await run("guards");
}, 120_000);

const of = (type: string) => made.resources.filter((each) => each.type === type);

describe("what is made", () => {
  test("defaults of each region", () => {
    const shared = { httpTokens: "required", httpEndpoint: "no-preference", instanceMetadataTags: "disabled" };
    expect(inputsOf(made, DEFAULTS, "guardrails-eu-central-1")).toMatchObject({
      ...shared,
      httpPutResponseHopLimit: 1,
      region: "eu-central-1",
    });
    expect(inputsOf(made, DEFAULTS, "guardrails-eu-west-1")).toMatchObject({ region: "eu-west-1" });
    expect(inputsOf(made, DEFAULTS, "defaults")).toMatchObject({ ...shared, httpPutResponseHopLimit: 1 });
    expect(of(DEFAULTS)).toHaveLength(3);
  });

  test("policies that hold for their targets", () => {
    expect(of(POLICY).map(({ inputs }) => inputs?.["type"])).toEqual(
      expect.arrayContaining(["SERVICE_CONTROL_POLICY", "DECLARATIVE_POLICY_EC2"]),
    );
    const targets = of(ATTACHMENT).map(({ name, inputs }) => `${name} ${String(inputs?.["targetId"])}`);
    expect(targets.sort()).toEqual([
      "guardrails-declarative-r-abcd r-abcd",
      "guardrails-service-control-ou-abcd-12345678 ou-abcd-12345678",
      "guardrails-service-control-r-abcd r-abcd",
    ]);
  });

  test("the policies hold the documents", () => {
    const content = (name: string): unknown => JSON.parse(String(inputsOf(made, POLICY, name)["content"]));
    const administrators = [DEPLOY];
    expect(content("guardrails-service-control")).toEqual(
      serviceControlDocument({ administrators, allowBootOnly: true }),
    );
    expect(content("guardrails-declarative")).toEqual(declarativeDocument());
  });

  test("account defaults stand for a machine that says nothing, where that is accepted", () => {
    const [defaults] = planGuardrails({}).defaults;
    const { region, ...inputs } = defaults ?? { region: undefined };
    const written = [
      resource("Instance", "web", { ami: "ami-0123456789abcdef0" }),
      resource(DEFAULTS, "defaults", inputs),
    ];
    for (const policy of ["imds-require-v2", "imds-hop-limit"]) {
      expect(verdicts(policy, written, { acceptAccountDefault: true })).toEqual([]);
      expect(verdicts(policy, written.slice(0, 1), { acceptAccountDefault: true })).toEqual(["violation web"]);
    }
    expect(region).toBeUndefined();
  });
});

describe("the service control policy", () => {
  test("without administrators", () => {
    expect(serviceControlDocument()).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "RequireImdsV2",
          Effect: "Deny",
          Action: "ec2:RunInstances",
          Resource: "arn:*:ec2:*:*:instance/*",
          Condition: { StringNotEquals: { "ec2:MetadataHttpTokens": "required" } },
        },
        {
          Sid: "MaxImdsHopLimit",
          Effect: "Deny",
          Action: "ec2:RunInstances",
          Resource: "arn:*:ec2:*:*:instance/*",
          Condition: { NumericGreaterThan: { "ec2:MetadataHttpPutResponseHopLimit": "2" } },
        },
        {
          Sid: "RequireRoleDeliveryV2",
          Effect: "Deny",
          Action: "*",
          Resource: "*",
          Condition: { NumericLessThan: { "ec2:RoleDelivery": "2.0" } },
        },
        {
          Sid: "KeepImdsV2",
          Effect: "Deny",
          Action: "ec2:ModifyInstanceMetadataOptions",
          Resource: "arn:*:ec2:*:*:instance/*",
          Condition: {
            StringNotEquals: { "ec2:Attribute/HttpTokens": "required" },
            Null: { "ec2:Attribute/HttpTokens": "false" },
          },
        },
      ],
    });
  });

  test("with administrators, and with machines that turn their endpoint off", () => {
    const statement = (allowBootOnly: boolean) =>
      serviceControlDocument({ administrators: [DEPLOY], allowBootOnly }).Statement.slice(-2);
    const others = { ArnNotLike: { "aws:PrincipalArn": [DEPLOY] } };
    const change = { Effect: "Deny", Resource: "*", Condition: others };
    const defaults = {
      ...change,
      Sid: "AdministratorsChangeMetadataDefaults",
      Action: "ec2:ModifyInstanceMetadataDefaults",
    };
    const options = {
      ...change,
      Sid: "AdministratorsChangeMetadataOptions",
      Action: "ec2:ModifyInstanceMetadataOptions",
    };
    expect(statement(false)).toEqual([options, defaults]);
    const notOff = { StringNotEquals: { "ec2:Attribute/HttpEndpoint": "disabled" } };
    expect(statement(true)).toEqual([{ ...options, Condition: { ...others, ...notOff } }, defaults]);
  });
});

test("the declarative policy, in AWS's own form: numbers are texts, and no_preference has a line", () => {
  const assigned = (value: string) => ({ "@@assign": value });
  const options = {
    http_tokens: assigned("required"),
    http_put_response_hop_limit: assigned("1"),
    http_endpoint: assigned("no_preference"),
    instance_metadata_tags: assigned("disabled"),
  };
  expect(declarativeDocument()).toEqual({ ec2_attributes: { instance_metadata_defaults: options } });
  expect(declarativeDocument({ enforce: true }, 2)).toEqual({
    ec2_attributes: {
      instance_metadata_defaults: {
        ...options,
        http_put_response_hop_limit: assigned("2"),
        http_tokens_enforced: assigned("enabled"),
      },
    },
  });
});

const wrong = (args: object): string[] =>
  planGuardrails(args as ImdsGuardrailsArgs).problems.map(({ property }) => property);
const scp = (serviceControlPolicy: object): object => ({ serviceControlPolicy });

test.each<[object, string[]]>([
  [{}, []],
  [scp({}), []],
  [{ accountDefaults: false }, ["accountDefaults"]],
  [{ accountDefaults: false, declarativePolicy: {} }, []],
  [{ accountDefaults: false, declarativePolicy: {}, regions: ["eu-central-1"] }, ["regions"]],
  [{ regions: [] }, ["regions"]],
  [{ regions: ["eu-central-1", "us-gov-west-1", "eu-central-1"] }, ["regions[2]"]],
  [{ regions: ["Frankfurt"] }, ["regions[0]"]],
  [{ regions: ["cn-north-1", "us-iso-east-1", "mx-central-1", "eusc-de-east-1"] }, []],
  [{ httpPutResponseHopLimit: 0 }, ["httpPutResponseHopLimit"]],
  [{ httpPutResponseHopLimit: 1.5 }, ["httpPutResponseHopLimit"]],
  [scp({ maxHopLimit: 65 }), ["serviceControlPolicy.maxHopLimit"]],
  [{ httpPutResponseHopLimit: 3, ...scp({}) }, ["serviceControlPolicy.maxHopLimit"]],
  [scp({ administrators: [] }), ["serviceControlPolicy.administrators"]],
  [scp({ administrators: [DEPLOY, "deploy"] }), ["serviceControlPolicy.administrators[1]"]],
  [scp({ allowBootOnly: true }), ["serviceControlPolicy.allowBootOnly"]],
])("%j is wrong at %j", (args, properties) => {
  expect(wrong(args)).toEqual(properties);
});

test("a document that is too large says by how much", () => {
  const administrators = Array.from(
    { length: 200 },
    (_, index) => `arn:aws:iam::111122223333:role/deploy-${String(index)}`,
  );
  const { problems, policies } = planGuardrails({ serviceControlPolicy: { administrators } });
  const over = (policies[0]?.content.length ?? 0) - 10_240;
  expect(over).toBeGreaterThan(0);
  expect(problems.map(({ property }) => property)).toEqual(["serviceControlPolicy"]);
  expect(problems[0]?.reason).toContain(`${String(over)} characters above`);
});
