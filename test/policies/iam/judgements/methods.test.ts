/** The table of methods is whole and says what messages need. */
import { METHODS } from "../../../../policies/iam/judgements/methods";
import { METHOD_NAMES } from "./method-names";

const names = METHODS.map(({ name }) => name);

test("has every published method, each once", () => {
  expect([...names].sort()).toEqual([...METHOD_NAMES].sort());
});

test.each(METHODS.map((method) => [method.name, method] as const))(
  "%s says what is gained and what helps",
  (_, method) => {
    expect(method.gain).toMatch(/^[a-z][^.]*[^. ]$/);
    expect(method.fix).toMatch(/^[a-z][^.]*[^. ]$/);
    expect(method.needs.length > 0).toBe(method.consistsOf.length === 0);
    expect(names).toEqual(expect.arrayContaining([...method.consistsOf]));
  },
);

test.each(METHODS.map((method) => [method.name, method] as const))(
  "%s passes a role exactly where services take it",
  (_, method) => {
    const passes = method.needs.filter(({ action }) => action === "iam:PassRole");
    expect(passes).toHaveLength(method.tier === "pass-role" ? 1 : 0);
    expect(method.services.length > 0).toBe(passes.length > 0);
    for (const service of method.services) expect(service).toMatch(/^[a-z][a-z.-]*[a-z\d]$/);
  },
);

test("is judged by the breadth of something, unless a setting of the account is all there is", () => {
  const untargeted = METHODS.filter(
    ({ needs, consistsOf }) => consistsOf.length === 0 && !needs.some(({ target }) => target.length > 0),
  );
  expect(untargeted.map(({ name }) => name)).toEqual(["IMDSDefaultsDowngrade"]);
});
