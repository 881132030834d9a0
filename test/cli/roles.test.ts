import type { PolicySource } from "../../policies/iam/role";
import { Model } from "../../policies/machine/model";
import { containsUnknown } from "../../provider/values";
import { host } from "./harness";

jest.setTimeout(60_000);

function line({ label, document, unseen }: PolicySource): string {
  return unseen || containsUnknown(document) ? `${label}: not known` : label;
}

test("machines of a program lead to their roles, and every document of the program is known", async () => {
  const { outcome, errors, resources } = await host("roles");
  expect([outcome, errors]).toEqual([{ kind: "completed" }, []]);
  const roles = Model.ofStack(resources).machineRoles.map((role) => ({
    at: role.at.map(({ name }) => name).join(" "),
    machines: role.machines.map(({ resource }) => resource.name),
    policies: role.policies.map(line).sort(),
    ...(role.boundary && { boundary: line(role.boundary) }),
    ...(role.unseen.length > 0 && { unseen: role.unseen.map(({ waitsFor }) => waitsFor) }),
  }));
  expect(roles).toEqual([
    {
      at: "native",
      machines: ["native-web"],
      policies: ["inline policy native-more", "inline policy policies[0]", "policy native-policy"],
    },
    {
      at: "outside",
      machines: ["outside"],
      policies: [],
      unseen: ["a role that is set outside this stack"],
    },
    {
      at: "borrowed",
      machines: [],
      policies: ["inline policy lent", "policy files"],
      unseen: ["a role that is set outside this stack"],
    },
    {
      at: "app",
      machines: ["direct", "web"],
      policies: [
        "AWS managed policy AmazonSSMManagedInstanceCore",
        "AWS managed policy ReadOnlyAccess",
        "inline policy by-id",
        "inline policy by-name",
        "inline policy by-role",
        "policy files",
      ],
      boundary: "permissions boundary policy edge",
    },
    {
      at: "nodes",
      machines: ["group"],
      policies: ["AWS managed policy ReadOnlyAccess", "inline policy inlinePolicies[0]", "policy files"],
    },
  ]);
});

test("a role's own ARN stands in its documents as its identity says", async () => {
  const { resources } = await host("roles");
  const app = Model.ofStack(resources).machineRoles.find(({ at }) => at[0].name === "app");
  const { name, path, account, partition, tags } = app?.identity ?? {};
  expect([path, partition, tags]).toEqual(["/team/", "aws", new Map([["team", "web"]])]);
  const own = app?.policies.find(({ label }) => label === "inline policy by-id");
  expect(own?.document).toContain(`arn:aws:iam::${String(account)}:role/team/${String(name)}`);
});
