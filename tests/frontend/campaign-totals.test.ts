import { describe, expect, test } from "vitest";

import type { CampaignRow } from "#contract/analytics.ts";
import { campaignTotals } from "#frontend/analytics/totals.ts";

const FINE = { value: 1, reason: null } as const;
const MISMATCH = { value: null, reason: "currency_mismatch" } as const;

function campaign(row: Partial<CampaignRow>): CampaignRow {
  return { revenueMinor: 0, spendMinor: null, cpa: FINE, isRevenueForeign: false, ...row } as CampaignRow;
}

const ROWS = [
  campaign({ revenueMinor: 30_000, spendMinor: 10_000 }),
  campaign({ revenueMinor: 10_000, spendMinor: 6_000 }),
  campaign({ revenueMinor: 8_000, cpa: { value: null, reason: "no_spend" } }),
];

describe("the totals of campaigns", () => {
  test("are sums, and ROAS of the sums: who spent nothing stays in them", () => {
    expect(campaignTotals(ROWS)).toEqual({ revenueMinor: 48_000, spendMinor: 16_000, roas: 3 });
  });

  test("have no spend and no ROAS where some of the spend has no rate", () => {
    const rows = [...ROWS, campaign({ revenueMinor: 2_000, cpa: MISMATCH })];
    expect(campaignTotals(rows)).toEqual({ revenueMinor: 50_000, spendMinor: null, roas: null });
  });

  test("have no ROAS where some of the revenue has no rate, and their spend all the same", () => {
    const rows = [...ROWS, campaign({ spendMinor: 4_000, isRevenueForeign: true })];
    expect(campaignTotals(rows)).toEqual({ revenueMinor: 48_000, spendMinor: 20_000, roas: null });
  });

  test("have no spend where nobody entered any, and no ROAS of an explicit 0", () => {
    expect(campaignTotals([campaign({ revenueMinor: 5 })])).toMatchObject({ spendMinor: null, roas: null });
    expect(campaignTotals([])).toEqual({ revenueMinor: 0, spendMinor: null, roas: null });
    expect(campaignTotals([campaign({ spendMinor: 0 })])).toMatchObject({ spendMinor: 0, roas: null });
  });
});
