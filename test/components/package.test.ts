import * as pulumi from "@pulumi/pulumi";
import { construct } from "../../components/package/construct";
import { madeGrants } from "../../components/package/portable";
import {
  grantBootOnly,
  grantPutMetrics,
  grantReadParameter,
  grantReadSecret,
  grantSessionManager,
} from "../../components";

const arn = "arn:aws:secretsmanager:us-west-2:123456789012:secret:db-AbCdEf";
const kmsKey = "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555";

function errorOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

test("an entry of grants is what the functions make of it, and what it has itself", () => {
  const statements = [{ Action: "sqs:SendMessage", Resource: "arn:aws:sqs:us-west-2:123456789012:jobs" }];
  expect(madeGrants({ readSecret: { arn, kmsKey } })).toEqual([grantReadSecret(arn, { kmsKey })]);
  expect(madeGrants({ readParameter: { arn }, putMetrics: "Shop", sessionManager: true, statements })).toEqual([
    grantReadParameter(arn),
    grantPutMetrics("Shop"),
    grantSessionManager(),
    { statements },
  ]);
  expect(madeGrants({ bootOnly: true })).toEqual([grantBootOnly()]);
  expect(madeGrants({ sessionManager: false, bootOnly: false })).toEqual([]);
});

test("what decides which resources there are is refused where it is known only later", () => {
  const inputs = { grants: pulumi.output([{ putMetrics: "Shop" }]), subnetId: pulumi.output("subnet-0abc1234") };
  expect(errorOf(() => construct("web", "ec2-hardening:index:HardenedInstance", inputs, {}))).toMatchObject({
    errors: [{ propertyPath: "grants" }],
  });
});

test("a component that there is not is refused", () => {
  expect(() => construct("web", "ec2-hardening:index:Other", {}, {})).toThrow("Other");
});
