import * as pulumi from "@pulumi/pulumi";
import { construct } from "../../components/package/construct";
import { planProfile } from "../../components/plan/profile";
import {
  grantBootOnly,
  grantPutMetrics,
  grantReadParameter,
  grantReadSecret,
  grantSessionManager,
  grantStatements,
  type Grant,
} from "../../components";

const arn = "arn:aws:secretsmanager:us-west-2:123456789012:secret:db-AbCdEf";
const parameter = "arn:aws:ssm:us-west-2:123456789012:parameter/shop/db";
const kmsKey = "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555";

function errorOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

test("an entry of grants is what the functions make, and may name several things", () => {
  const statements = [{ Action: "sqs:SendMessage", Resource: "arn:aws:sqs:us-west-2:123456789012:jobs" }];
  const inline = (...grants: readonly Grant[]) => planProfile({ grants, sessionManager: false }).inline;
  expect(grantReadSecret(arn, { kmsKey })).toEqual({ readSecret: { arn, kmsKey } });
  expect(
    inline({ readParameter: { arn: parameter }, putMetrics: "Shop", sessionManager: true, bootOnly: true, statements }),
  ).toEqual(
    inline(
      grantReadParameter(parameter),
      grantPutMetrics("Shop"),
      grantSessionManager(),
      grantBootOnly(),
      grantStatements(statements),
    ),
  );
  expect(inline({ sessionManager: false, bootOnly: false })).toBeUndefined();
});

test("what decides which resources there are is refused where it is known only later, with all other mistakes", () => {
  const inputs = {
    grants: pulumi.output([{ putMetrics: "Shop" }]),
    imds: pulumi.secret("off"),
    subnetId: pulumi.output("subnet-0abc1234"),
    patching: "daily",
  };
  expect(errorOf(() => construct("web", "ec2-hardening:index:HardenedInstance", inputs, {}))).toMatchObject({
    errors: [{ propertyPath: "imds" }, { propertyPath: "grants" }, { propertyPath: "patching" }],
  });
});

test("a component that there is not is refused", () => {
  expect(() => construct("web", "ec2-hardening:index:Other", {}, {})).toThrow("Other");
});
