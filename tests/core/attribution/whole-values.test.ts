import { expect, it } from "vitest";

import { wholeValues } from "#core/attribution/markov/whole-values.ts";

it("splits credited value in whole units that add up to the total, ties to the name that comes first", () => {
  const thirds = ["c", "a", "b"].map((group) => ({ group, value: 100 / 3 }));
  expect([...wholeValues(thirds, 100)]).toEqual([
    ["a", 34],
    ["b", 33],
    ["c", 33],
  ]);
  expect(wholeValues(thirds, -101).get("b")).toBe(-34);
});

it("gives nothing where there is nothing", () => {
  expect([...wholeValues([{ group: "a", value: 0 }], 0)]).toEqual([["a", 0]]);
  expect(wholeValues([], 0).size).toBe(0);
});
