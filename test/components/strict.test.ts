import { planGroup } from "../../components/plan/group";
import { IMAGES } from "../../components/plan/images";
import type { PlannedArgs } from "../../components/plan/launched-by";
import { planInstance, planTemplate, type MachinePlan } from "../../components/plan/machine";
import { make, strictFindings, type Case, type Made } from "./harness";
import { planProfile } from "../../components/plan/profile";
import { components, planArguments } from "./space";

const SEED = 20_261_126;
const CASES: readonly Case[] = [
  ...components(250, SEED),
  { name: "none", component: "HardenedInstance", args: { imds: "off" } },
  { name: "closed", component: "HardenedInstance", args: { imds: "boot-only", allowedUsers: [] } },
  ...IMAGES.map((image) => ({ name: image, component: "HardenedInstance", args: { image } })),
];

const PLANS: Readonly<
  Record<string, (args: ReturnType<typeof planArguments>, name: string) => Pick<MachinePlan, "problems">>
> = {
  HardenedInstance: planInstance,
  HardenedLaunchTemplate: planTemplate,
  HardenedAutoScalingGroup: planGroup,
  HardenedInstanceProfile: planProfile,
};

let made: Made;
beforeAll(async () => {
  made = await make(CASES);
}, 300_000);

const accepted = () => CASES.filter(({ name }) => !(name in made.refused));

test("the program runs to its end, and most of the space is not refused", () => {
  expect([made.outcome, made.errors]).toEqual([{ kind: "completed" }, []]);
  expect(accepted().length).toBeGreaterThan(CASES.length / 3);
});

test("each choice is among what was made", () => {
  const chosen = (property: string) => [
    ...new Set(accepted().map(({ args }) => JSON.stringify((args as Record<string, unknown>)[property]))),
  ];
  expect(chosen("imds")).toEqual(expect.arrayContaining(['"required"', '"off"', '"boot-only"', undefined]));
  expect(chosen("image")).toEqual(
    expect.arrayContaining(['"al2023"', '"ecs-al2023"', '"ubuntu-22.04"', '"debian-12"']),
  );
  expect(chosen("launchedBy")).toEqual(expect.arrayContaining(['"eks"', '"batch"']));
  for (const property of ["allowedUsers", "containerHost", "userData", "secrets", "grants", "profile", "rebootWindow"])
    expect({ property, values: chosen(property).length > 1 }).toEqual({ property, values: true });
});

test("what is made passes every policy at the strict preset", () => {
  const cases = new Map(CASES.map((each) => [each.name, each]));
  const found = strictFindings(made.resources).map(({ policy, urn, message }) => ({
    policy,
    message,
    case: cases.get(/::([\w.-]+)$/.exec(urn)?.[1] ?? ""),
  }));
  expect(found).toEqual([]);
});

test("the constructor refuses what the plan refuses, all at once", () => {
  for (const { name, component, args } of CASES) {
    const given = planArguments(args);
    const expected = PLANS[component]?.(given, name).problems.map(({ property }) => property);
    const told = made.refused[name]?.errors?.map(({ propertyPath }) => propertyPath) ?? [];
    expect({ name, told }).toEqual({ name, told: expected });
  }
});

test("users are locked out and updates installed where that is asked for", () => {
  const withArgs = (policy: string) =>
    strictFindings(made.resources, [policy]).flatMap(({ urn }) => {
      const found = CASES.find(({ name }) => urn.endsWith(`::${name}`));
      return found ? [planArguments(found.args)] : [];
    });
  const open = withArgs("imds-os-lockdown");
  expect(open.length).toBeGreaterThan(0);
  expect(open.filter(({ allowedUsers }) => allowedUsers !== undefined)).toEqual([]);
  const unpatched = withArgs("instance-patching");
  expect(unpatched.length).toBeGreaterThan(0);
  const left = ({ patching, imds, image = "al2023", launchedBy }: PlannedArgs) =>
    patching === "off" ||
    imds === "off" ||
    image.startsWith("windows") ||
    (patching === undefined && (image === "ecs-al2023" || launchedBy !== undefined));
  expect(unpatched.filter((args) => !left(args))).toEqual([]);
});

test("user data fits into what EC2 takes", () => {
  const sizes = made.resources.flatMap(({ inputs = {} }) =>
    [inputs["userData"], inputs["userDataBase64"]].filter((text) => typeof text === "string").map(sizeOf),
  );
  expect(sizes.length).toBeGreaterThan(20);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(16_384);
});

function sizeOf(text: string): number {
  return /^[A-Za-z0-9+/=]+$/.test(text) ? Buffer.from(text, "base64").length : Buffer.byteLength(text);
}
