import { expect, test } from "vitest";
import type { ReportOptions } from "#db/queries/reports/report-record.ts";
import { composeModel } from "#usecases/reports/compose-model.ts";
import type { ReportFigures } from "#usecases/reports/load-figures.ts";
import {
  CAMPAIGN_ANALYTICS,
  CAMPAIGN_FIGURES,
  KPIS,
  SITE_ANALYTICS,
  SITE_FIGURES,
} from "./hand-made-figures.ts";

const OPTIONS: ReportOptions = {
  from: "2026-03-01",
  to: "2026-03-02",
  model: "last",
  lookbackDays: 30,
  direct: "keep",
  compare: "none",
  preparedFor: "Acme",
  note: null,
  sender: "Ann",
  memberRecipients: [],
};

function compose(
  figures: ReportFigures,
  { isCampaign = false, generatedAt = "2026-03-09T10:00:00.000Z" } = {},
) {
  return composeModel({
    report: {
      title: "Spring",
      options: OPTIONS,
      campaignName: isCampaign ? "Spring" : null,
      campaignPublicId: isCampaign ? "cmp_own" : null,
    },
    siteName: "Test shop",
    figures,
    generatedAt: new Date(generatedAt),
  });
}

test("a site's report says the figures it was given, and how they came about", () => {
  const model = compose(SITE_FIGURES);
  const kpi = (key: string) => model.kpis.find((one) => one.key === key)?.value;

  expect(model).toMatchObject({
    version: 1,
    title: "Spring",
    preparedFor: "Acme",
    siteName: "Test shop",
    campaignName: null,
    range: { from: "2026-03-01", to: "2026-03-02", timeZone: "Europe/Berlin" },
    comparison: null,
    comparisonDays: null,
    currency: "EUR",
    generatedAt: "2026-03-09T10:00:00.000Z",
  });
  expect([kpi("revenue"), kpi("spend"), kpi("roas"), kpi("cpa"), kpi("aov")]).toEqual([
    40_000, 8_000, 5, 2_000, 10_000,
  ]);
  expect(model.days.map(({ revenueMinor, spendMinor }) => [revenueMinor, spendMinor])).toEqual([
    [10_000, 8_000],
    [30_000, null],
  ]);
  expect(model.howComputed).toMatchObject({
    model: "last",
    lookbackDays: 30,
    directRule: "keep",
    dataVersion: "7/m2/s1",
    unattributedShare: { conversions: 0.25, revenue: 0.125 },
    notes: [],
  });
  expect(model.headline.topChannel).toEqual({ label: "E-mail", share: 25_000 / 35_000, of: "revenue" });
});

test("the channels of a site add up to its totals, with a row for what no touchpoint earned", () => {
  const { rows, totals } = compose(SITE_FIGURES).channels;

  expect(rows.at(-1)).toMatchObject({
    label: "(unattributed)",
    conversions: 1,
    revenueMinor: 5_000,
    visitors: 0,
  });
  expect(rows.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0)).toBe(totals.revenueMinor);
  expect(rows.reduce((sum, { conversions }) => sum + conversions, 0)).toBe(totals.conversions);
});

test("attribution of a site names every campaign, and each model adds up to the total", () => {
  const { rows, unattributed, totals } = compose(SITE_FIGURES).attribution;

  expect(rows.map(({ label }) => label)).toEqual(["Spring", "Secret rival", "Another", "(no campaign)"]);
  for (const model of ["first", "last", "linear"] as const) {
    const credits = [...rows.map((row) => row.credits[model]), unattributed[model]];
    expect(credits.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0)).toBe(totals[model].revenueMinor);
    expect(credits.reduce((sum, { conversions }) => sum + conversions, 0)).toBe(totals[model].conversions);
  }
});

test("a campaign's report names no other campaign, and its totals are the same", () => {
  const model = compose(CAMPAIGN_FIGURES, { isCampaign: true });
  const { rows, totals } = model.attribution;

  expect(JSON.stringify(model)).not.toContain("rival");
  expect(rows.map(({ label }) => label)).toEqual(["Spring", "Other campaigns", "(no campaign)"]);
  expect(rows[1]?.credits).toEqual({
    first: { conversions: 1, revenueMinor: 15_000 },
    last: { conversions: 1, revenueMinor: 10_000 },
    linear: { conversions: 1, revenueMinor: 12_500 },
  });
  expect(totals.last).toEqual({ conversions: 4, revenueMinor: 40_000 });
});

test("figures of a comparison range stand beside their own", () => {
  const previous = {
    ...KPIS,
    revenueMinor: 20_000,
    spendMinor: null,
    roas: { value: null, reason: "no_spend" },
  };
  const analytics = {
    ...CAMPAIGN_ANALYTICS,
    comparisonRange: { from: "2026-02-27", to: "2026-02-28" },
    previous,
    previousDays: CAMPAIGN_ANALYTICS.days.map((day, i) => ({ ...day, day: `2026-02-2${7 + i}` })),
  } as typeof CAMPAIGN_ANALYTICS;
  const model = compose({ ...CAMPAIGN_FIGURES, analytics }, { isCampaign: true });

  expect(model.comparison).toEqual({ from: "2026-02-27", to: "2026-02-28", timeZone: "Europe/Berlin" });
  expect(model.comparisonDays?.map(({ day }) => day)).toEqual(["2026-02-27", "2026-02-28"]);
  expect(model.kpis.find(({ key }) => key === "revenue")?.previous).toBe(20_000);
  expect(model.kpis.find(({ key }) => key === "roas")?.previous).toBeNull();
  expect(model.headline.previousRevenueMinor).toBe(20_000);
});

test("spend in another currency gives no ratio and says why", () => {
  const foreign = { value: null, reason: "currency_mismatch" } as const;
  const kpis = { ...KPIS, spendMinor: null, roas: foreign, roi: foreign, cpa: foreign };
  const model = compose({ ...SITE_FIGURES, analytics: { ...SITE_ANALYTICS, kpis } });

  for (const key of ["spend", "roas", "roi", "cpa"]) {
    expect(model.kpis.find((one) => one.key === key)).toMatchObject({
      value: null,
      reason: "currency_mismatch",
    });
  }
});

test("the notes say what is not over, what is behind and what is left out", () => {
  const basis = {
    ...SITE_ANALYTICS.basis,
    asOf: "2026-03-02T11:00:00.000Z",
    otherCurrencies: [{ currency: "JPY", revenueMinor: 1_200, conversions: 1 }],
  };
  const figures = { ...SITE_FIGURES, analytics: { ...SITE_ANALYTICS, basis } };

  expect(compose(figures, { generatedAt: "2026-03-02T12:00:00.000Z" }).howComputed.notes).toEqual([
    "The last day was not over when the report was made.",
    "Figures are as of 2026-03-02 11:00 UTC.",
    "1200 JPY from 1 conversion is in no figure: there is no exchange rate.",
  ]);
  // 23:30 UTC is the next day in Berlin: the last day is over.
  const over = compose(SITE_FIGURES, { generatedAt: "2026-03-02T23:30:00.000Z" });
  expect(over.howComputed.notes).not.toContain("The last day was not over when the report was made.");
});

test("without conversions there is no share of the unattributed", () => {
  const attribution = { ...SITE_FIGURES.attribution, rows: [], total: { conversions: 0, revenueMinor: 0 } };
  const model = compose({ ...SITE_FIGURES, attribution });
  expect(model.howComputed.unattributedShare).toEqual({ conversions: null, revenue: null });
  expect(model.attribution.unattributed.last).toEqual({ conversions: 0, revenueMinor: 0 });
});
