import { machineViews, type MachineView } from "../../cli/machines";
import { Model } from "../../policies/machine/model";
import { HARDENED, resource, stack, unknown, type Written } from "../policies/harness";

function views(...written: Written[]): readonly MachineView[] {
  return machineViews(Model.ofStack(stack(written)));
}

function named(all: readonly MachineView[], name: string): MachineView {
  const view = all.find((each) => each.resource.name === name);
  if (!view) throw new Error(`no ${name}`);
  return view;
}

function option(view: MachineView, attribute: string): string {
  const found = view.options.find((each) => each.attribute === attribute);
  if (!found) throw new Error(`no ${attribute}`);
  const { state, value, from } = found;
  return `${state} ${String(value)} ${from.resource.name}.${from.path}`;
}

test("an option of the machine itself, and one that nobody sets", () => {
  const [web] = views(resource("Instance", "web", { metadataOptions: { httpTokens: "optional" } }));
  expect(web && option(web, "httpTokens")).toBe("known optional web.metadataOptions.httpTokens");
  expect(web && option(web, "httpPutResponseHopLimit")).toBe(
    "absent undefined web.metadataOptions.httpPutResponseHopLimit",
  );
  expect(web?.options.find(({ attribute }) => attribute === "httpEndpoint")?.setBy).toBe("the provider's default");
});

test("an option of a template is the template's, and a template counts its machines", () => {
  const all = views(
    resource("LaunchTemplate", "lt", { name: "lt", metadataOptions: { ...HARDENED, httpTokens: unknown } }),
    resource("Group", "group", { launchTemplate: { name: "lt", version: "$Latest" } }),
  );
  expect(option(named(all, "group"), "httpTokens")).toBe("unknown undefined lt.metadataOptions.httpTokens");
  expect(option(named(all, "group"), "httpPutResponseHopLimit")).toBe(
    "known 1 lt.metadataOptions.httpPutResponseHopLimit",
  );
  expect(named(all, "group").template).toMatchObject({ kind: "launch template", resource: { name: "lt" } });
  expect(named(all, "lt")).toMatchObject({ role: "template", users: 1, exposure: undefined });
});

test("a template outside the program leaves its options unknown", () => {
  const [web] = views(resource("Instance", "web", { launchTemplate: { id: "lt-0123456789abcdef0" } }));
  expect(web && option(web, "httpTokens")).toBe("unknown undefined web.launchTemplate");
  expect(web?.template).toEqual({ kind: "launch template", resource: undefined });
  expect(web?.profile).toBe("hidden");
});

test("an account default is what stands behind an option that nobody sets", () => {
  const all = views(
    resource("InstanceMetadataDefaults", "defaults", { httpTokens: "required" }),
    resource("Instance", "web", { metadataOptions: {} }),
  );
  const tokens = named(all, "web").options.find(({ attribute }) => attribute === "httpTokens");
  expect(tokens).toMatchObject({ state: "absent", fallback: { value: "required", from: { path: "httpTokens" } } });
  expect(named(all, "defaults").role).toBe("account default");
});

test("no value is shown but numbers, booleans and those that EC2 knows", () => {
  const [web] = views(
    resource("Instance", "web", {
      metadataOptions: {
        httpTokens: "hunter2-secret",
        httpEndpoint: "enabled",
        httpPutResponseHopLimit: "also-secret",
      },
      userData: "password=hunter3",
    }),
  );
  expect(JSON.stringify(web)).not.toMatch(/secret|hunter/);
  expect(web && option(web, "httpTokens")).toMatch(/^known undefined /);
});

test("the role, and whether it can be reached", () => {
  const all = views(
    resource("Role", "app", { name: "app", assumeRolePolicy: "{}" }),
    resource("InstanceProfile", "app", { name: "app", role: "app" }),
    resource("aws:ec2/securityGroup:SecurityGroup", "sg", { ingress: [] }, { outputs: { id: "sg-1" } }),
    resource("Instance", "web", {
      iamInstanceProfile: "app",
      associatePublicIpAddress: true,
      vpcSecurityGroupIds: ["sg-9"],
      sourceDestCheck: false,
    }),
    resource("Instance", "closed", { associatePublicIpAddress: true, vpcSecurityGroupIds: ["sg-1"] }),
  );
  expect(named(all, "web")).toMatchObject({
    profile: "set",
    roles: [{ label: "role app", resource: { name: "app" } }],
    exposure: { reachable: { state: "yes" }, forwards: { state: "yes" } },
  });
  expect(named(all, "closed")).toMatchObject({ profile: "none", roles: [], exposure: { reachable: { state: "no" } } });
});

test("what launches nothing, and what is only read, is no machine", () => {
  const all = views(
    resource("Ami", "ami", { imdsSupport: "v2.0" }),
    resource("Instance", "read", { metadataOptions: HARDENED }, { read: true }),
  );
  expect(all).toEqual([]);
});
