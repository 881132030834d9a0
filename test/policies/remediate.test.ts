import { remediate } from "../../policies/remediate";
import { RULES } from "../../policies/rules";
import type { Rule } from "../../policies/rules/rule";
import { policySettings } from "../../policies/settings";
import { resource, stack, TODAY } from "./harness";

test("a rule that fails rewrites nothing, and its error goes no further", () => {
  const broken: Rule = {
    ...(RULES[0] as Rule),
    check: () => {
      throw new Error("with a secret in it");
    },
  };
  const [web] = stack([resource("Instance", "web", { ami: "ami-1" })]);
  if (!web) throw new Error("one resource");
  expect(remediate(broken, web, { ami: "ami-1" }, policySettings(broken, "remediate", {}), TODAY)).toBeUndefined();
});
