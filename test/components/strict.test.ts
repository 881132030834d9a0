import { make, strictFindings, type Made } from "./harness";
import { components } from "./space";

const SEED = 20_261_126;
const CASES = components(150, SEED);

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
  expect(chosen("image")).toEqual(expect.arrayContaining(['"al2023"', '"ubuntu-22.04"', '"debian-12"']));
  for (const property of ["allowedUsers", "containerHost", "userData", "secrets", "grants", "profile", "rebootWindow"])
    expect({ property, values: chosen(property).length > 1 }).toEqual({ property, values: true });
});

test("what is made passes every policy at the strict preset", () => {
  const cases = new Map(CASES.map((each) => [each.name, each]));
  const found = strictFindings(made.resources).map(({ policy, urn, message }) => ({
    policy,
    message,
    case: cases.get(/::(m\d+)$/.exec(urn)?.[1] ?? ""),
  }));
  expect(found).toEqual([]);
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
