import { expect, test } from "vitest";
import { repeatedSpendRows } from "#core/campaigns/spend-rows.ts";

test("finds each row that names a campaign, day and source again, and no other", () => {
  expect(
    repeatedSpendRows([
      { campaignId: 1, day: "2026-03-01", source: "manual" },
      { campaignId: 1, day: "2026-03-01", source: "google" },
      { campaignId: 1, day: "2026-03-01", source: "manual" },
      { campaignId: 2, day: "2026-03-01", source: "manual" },
      { campaignId: 1, day: "2026-03-01", source: "manual" },
    ]),
  ).toEqual([2, 4]);
});
