import { expect, it } from "vitest";

import { ChangeSums } from "#core/attribution/runs/sum-changes.ts";

const minorsOf = (sums: ChangeSums<number>, reason: string) =>
  sums.examples().flatMap((example) => (example.reason === reason ? [example.revenueMinor] : []));

it("keeps the largest changes of each reason, so that many of one do not hide the few of another", () => {
  const sums = new ChangeSums<number>(3);
  for (let i = 1; i <= 500; i += 1) {
    const revenueMinor = ((i * 37) % 500) * (i % 2 === 0 ? -100 : 100);
    sums.add(i, [{ reason: "late", group: "a", conversions: 0, revenueMinor }]);
  }
  sums.add(501, [{ reason: "refund", group: "a", conversions: 0, revenueMinor: -5 }]);

  expect(minorsOf(sums, "late").map(Math.abs)).toEqual([49_900, 49_800, 49_700]);
  expect(minorsOf(sums, "refund")).toEqual([-5]);
  expect(sums.total().map(({ reason, count }) => [reason, count])).toEqual(
    expect.arrayContaining([
      ["late", 500],
      ["refund", 1],
    ]),
  );
});

it("keeps by their conversions those whose money did not change", () => {
  const sums = new ChangeSums<number>(1);
  sums.add(1, [{ reason: "late", group: "a", conversions: 0.25, revenueMinor: 0 }]);
  sums.add(2, [{ reason: "late", group: "a", conversions: -1, revenueMinor: 0 }]);
  sums.add(3, [{ reason: "late", group: "a", conversions: 0.5, revenueMinor: 0 }]);

  expect(sums.examples().map(({ of }) => of)).toEqual([2]);
});
