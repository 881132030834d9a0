import fc from "fast-check";
import { Bits } from "../../../policies/iam/bits";

const LIMIT = 100;
const members = fc.uniqueArray(fc.nat(LIMIT - 1));
const sorted = (of: readonly number[]) => [...of].sort((a, b) => a - b);

test("sets of bits behave as sets do", () => {
  fc.assert(
    fc.property(members, members, (a, b) => {
      const [x, y] = [Bits.of(LIMIT, a), Bits.of(LIMIT, b)];
      expect([...x]).toEqual(sorted(a));
      expect(x.count).toBe(a.length);
      expect(x.isEmpty).toBe(a.length === 0);
      expect([...x.and(y)]).toEqual(sorted(a.filter((member) => b.includes(member))));
      expect([...x.or(y)]).toEqual(sorted([...new Set([...a, ...b])]));
      expect([...x.minus(y)]).toEqual(sorted(a.filter((member) => !b.includes(member))));
      for (let member = 0; member < LIMIT + 40; member += 1) expect(x.has(member)).toBe(a.includes(member));
    }),
  );
});

test("no operation changes its operands", () => {
  const [x, y] = [Bits.of(LIMIT, [1, 63]), Bits.of(LIMIT, [31, 63])];
  for (const result of [x.and(y), x.or(y), x.minus(y)]) expect(result).not.toBe(x);
  expect([[...x], [...y]]).toEqual([
    [1, 63],
    [31, 63],
  ]);
});
