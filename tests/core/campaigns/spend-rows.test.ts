import { expect, test } from "vitest";
import { repeatedSpendRows } from "#core/campaigns/spend-rows.ts";

test("finds each row that names a day and source again, and no other", () => {
  expect(
    repeatedSpendRows([
      { day: "2026-03-01", source: "manual" },
      { day: "2026-03-01", source: "google" },
      { day: "2026-03-01", source: "manual" },
      { day: "2026-03-02", source: "manual" },
      { day: "2026-03-01", source: "manual" },
    ]),
  ).toEqual([2, 4]);
});
