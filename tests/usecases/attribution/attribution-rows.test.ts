import { expect, it } from "vitest";

import type { CampaignName } from "#db/queries/analytics/load-analytics.ts";
import { attributionRows } from "#usecases/attribution/attribution-rows.ts";
import type { CreditGroup } from "#usecases/attribution/credit-groups.ts";

const campaign = (id: number): CampaignName => ({
  id,
  publicId: `cmp_${id}`,
  name: `Campaign ${id}`,
  channel: "email",
  status: "active",
  currency: "EUR",
  marginPercent: null,
});
const credit = (conversions: number) => ({
  conversions,
  conversionsInterval: null,
  revenueMinor: conversions * 1_000,
  revenueInterval: null,
  convertingJourneys: conversions,
  isRevenueForeign: false,
});
const group = (kind: CreditGroup["kind"], key: string | null, conversions: number): CreditGroup => ({
  kind,
  key,
  credits: new Map([["linear", credit(conversions)]]),
});
const spent = (campaignId: number, amountMinor: number) => ({
  day: "2026-11-01",
  campaignId,
  currency: "EUR",
  amountMinor,
});

const facts = {
  by: "campaign",
  currency: "EUR",
  campaigns: [1, 2, 3].map(campaign),
  spend: [spent(1, 500), spent(2, 300), spent(3, 70)],
  pages: new Map<string, string>(),
} as const;
const shown = (groups: readonly CreditGroup[]) =>
  attributionRows(groups, facts).map(({ name, spendMinor, credits }) => [
    name,
    spendMinor,
    credits.linear?.conversions,
  ]);

it("keeps a campaign that cost money and earned nothing, where every group has a row", () => {
  expect(shown([group("group", "1", 40), group("group", "2", 35)])).toEqual([
    ["Campaign 1", 500, 40],
    ["Campaign 2", 300, 35],
    ["Campaign 3", 70, 0],
  ]);
});

it("says of no campaign among the rest that it earned nothing: the rest has its cost", () => {
  expect(shown([group("group", "1", 40), group("other", null, 9)])).toEqual([
    ["Campaign 1", 500, 40],
    ["(other)", 370, 9],
  ]);
});
