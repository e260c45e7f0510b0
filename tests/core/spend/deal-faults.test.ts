import { expect, test } from "vitest";
import { dealFaults, type DealTerms } from "#core/spend/deal-faults.ts";

const DAYS = { first: "2000-01-01", last: "2036-12-01" };
const FIXED: DealTerms = {
  kind: "fixed",
  startsOn: "2026-03-09",
  endsOn: "2026-04-09",
  amountMinor: 100_000,
  sharePercent: null,
};

const faultsOf = (terms: Partial<DealTerms>) =>
  dealFaults({ ...FIXED, ...terms }, DAYS).map(({ field, fault }) => [field, fault]);

test("terms that are whole are a deal", () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ startsOn: DAYS.first, endsOn: DAYS.last })).toEqual([]);
  expect(faultsOf({ kind: "cpc", endsOn: null })).toEqual([]);
  expect(faultsOf({ kind: "revenue_share", amountMinor: null, sharePercent: 10 })).toEqual([]);
});

test("a day that nobody means is named, with the days that may be", () => {
  expect(dealFaults({ ...FIXED, endsOn: "2206-04-09" }, DAYS)).toEqual([
    { field: "endsOn", fault: "day_out_of_range", ...DAYS },
  ]);
  expect(faultsOf({ startsOn: "1999-12-31" })).toEqual([["startsOn", "day_out_of_range"]]);
  expect(faultsOf({ startsOn: "9999-01-01", endsOn: null, kind: "cpm" })).toEqual([
    ["startsOn", "day_out_of_range"],
  ]);
});

test("what is missing is named, all at once", () => {
  expect(faultsOf({ endsOn: null, amountMinor: null })).toEqual([
    ["endsOn", "fixed_needs_end"],
    ["amountMinor", "needs_amount"],
  ]);
  expect(faultsOf({ endsOn: "2026-03-08" })).toEqual([["endsOn", "ends_before_start"]]);
  expect(faultsOf({ kind: "revenue_share" })).toEqual([["sharePercent", "needs_share"]]);
});
