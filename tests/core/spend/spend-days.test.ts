import { expect, test } from "vitest";
import { dealDays, isDayWithin, spendDays } from "#core/spend/spend-days.ts";

test("spend is taken from 2000 until two years ahead, both days included", () => {
  const days = spendDays("2026-11-30");
  expect(days).toEqual({ first: "2000-01-01", last: "2028-11-30" });
  const taken = ["0001-01-01", "1999-12-31", "2000-01-01", "2028-11-30", "2028-12-01", "9999-12-31"].map(
    (day) => isDayWithin(day, days),
  );
  expect(taken).toEqual([false, false, true, true, false, false]);
});

test("two years after the 29th of February the last day is the 28th", () => {
  expect(spendDays("2028-02-29").last).toBe("2030-02-28");
});

test("a deal may run from 2000 until ten years ahead", () => {
  expect(dealDays("2026-12-01")).toEqual({ first: "2000-01-01", last: "2036-12-01" });
  expect(dealDays("2028-02-29").last).toBe("2038-02-28");
});
