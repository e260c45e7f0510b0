import type { CampaignAnalytics, Kpis, SiteAnalytics } from "#contract/analytics.ts";
import type { RuleCredit } from "#usecases/attribution/get-rule-credit.ts";
import type { ReportFigures } from "#usecases/reports/load-figures.ts";

/**
 * Two days of March. 100 visitors, 4 conversions worth 400.00 €, of which 1 worth 50.00 € is unattributed; 80.00 € spent.
 * ROAS 400/80 = 5; CPA 80/4 = 20.00 €; AOV 400/4 = 100.00 €.
 */
export const KPIS: Kpis = {
  impressions: 1_000,
  clicks: 50,
  pageviews: 300,
  sessions: 120,
  visitors: 100,
  visitorsMargin: null,
  conversions: 4,
  revenueMinor: 40_000,
  refundMinor: 0,
  spendMinor: 8_000,
  ctr: { value: 0.05, reason: null },
  cvr: { value: 0.04, reason: null },
  cpa: { value: 2_000, reason: null },
  aov: { value: 10_000, reason: null },
  roas: { value: 5, reason: null },
  roi: { value: 4, reason: null },
  grossProfitMinor: null,
  roiWithMargin: { value: null, reason: "no_margin" },
  breakEvenRoas: { value: null, reason: "no_margin" },
  breakEvenCpa: { value: null, reason: "no_margin" },
  paybackDays: { value: 0, reason: null },
};

const DAY = { impressions: 500, clicks: 25, pageviews: 150, sessions: 60, visitors: 50 };

const FIGURES = {
  range: { from: "2026-03-01", to: "2026-03-02" },
  comparisonRange: null,
  basis: {
    model: "last",
    lookbackDays: 30,
    direct: "keep",
    currency: "EUR",
    timeZone: "Europe/Berlin",
    dataVersion: "7/m2/s1",
    asOf: "2026-03-09T09:59:30.000Z",
    convertedCurrencies: [],
    otherCurrencies: [],
  },
  kpis: KPIS,
  previous: null,
  days: [
    { ...DAY, day: "2026-03-01", conversions: 1, revenueMinor: 10_000, spendMinor: 8_000 },
    { ...DAY, day: "2026-03-02", conversions: 3, revenueMinor: 30_000, spendMinor: null },
  ],
  previousDays: [],
  channels: [
    {
      channel: "email",
      impressions: 0,
      clicks: 40,
      sessions: 80,
      visitors: 70,
      conversions: 2,
      revenueMinor: 25_000,
    },
    {
      channel: "paid-social",
      impressions: 1_000,
      clicks: 10,
      sessions: 40,
      visitors: 35,
      conversions: 1,
      revenueMinor: 10_000,
    },
  ],
} satisfies Omit<CampaignAnalytics, "campaignId">;

export const CAMPAIGN_ANALYTICS: CampaignAnalytics = { campaignId: "cmp_own", ...FIGURES };

export const SITE_ANALYTICS: SiteAnalytics = {
  siteId: "site_own",
  ...FIGURES,
  campaigns: [],
  withoutCampaign: { conversions: 0, revenueMinor: 0 },
  unattributed: { conversions: 1, revenueMinor: 5_000 },
};

const credit = (conversions: number, revenueMinor: number) => ({ conversions, revenueMinor });
const same = (conversions: number, revenueMinor: number) => {
  const each = credit(conversions, revenueMinor);
  return { first: each, last: each, linear: each };
};

export const ATTRIBUTION: RuleCredit = {
  siteId: "site_own",
  by: "campaign",
  range: FIGURES.range,
  basis: FIGURES.basis,
  models: ["first", "last", "linear"],
  rows: [
    {
      kind: "group",
      key: "cmp_own",
      name: "Spring",
      first: credit(2, 20_000),
      last: credit(1, 10_000),
      linear: credit(1.5, 15_000),
    },
    {
      kind: "group",
      key: "cmp_rival",
      name: "Secret rival",
      first: credit(0, 0),
      last: credit(1, 10_000),
      linear: credit(0.5, 5_000),
    },
    {
      kind: "group",
      key: "cmp_third",
      name: "Another",
      first: credit(1, 15_000),
      last: credit(0, 0),
      linear: credit(0.5, 7_500),
    },
    {
      kind: "none",
      key: null,
      name: "(no campaign)",
      first: credit(0, 0),
      last: credit(1, 15_000),
      linear: credit(0.5, 7_500),
    },
    { kind: "unattributed", key: null, name: "(unattributed)", ...same(1, 5_000) },
  ],
  total: credit(4, 40_000),
};

export const SITE_FIGURES: ReportFigures = { analytics: SITE_ANALYTICS, attribution: ATTRIBUTION };
export const CAMPAIGN_FIGURES: ReportFigures = { analytics: CAMPAIGN_ANALYTICS, attribution: ATTRIBUTION };
