import { describe, expect, it } from "vitest";

import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import type { RunItem } from "#core/attribution/runs/run-item.ts";
import { CampaignJourneys } from "#core/report/campaign-journeys.ts";
import { comparisonRange } from "#core/report/comparison-range.ts";
import { foldRows } from "#core/report/fold-rows.ts";
import { lengthGroups } from "#core/report/journey-lengths.ts";
import { defaultTitle, sectionsOf } from "#core/report/report-defaults.ts";
import { reportRates } from "#core/report/report-rates.ts";
import { upgradeModel, type ReportModelV1 } from "#core/report/upgrade-model.ts";

describe("the days a report is compared with", () => {
  it.each([
    ["none", ["2026-03-01", "2026-03-31"], null],
    ["previous", ["2026-03-01", "2026-03-31"], ["2026-01-29", "2026-02-28"]],
    ["same_weekdays", ["2026-03-02", "2026-03-08"], ["2026-02-23", "2026-03-01"]],
    // 31 days begin five weeks earlier, on the same weekday, and the two do not meet.
    ["same_weekdays", ["2026-03-01", "2026-03-31"], ["2026-01-25", "2026-02-24"]],
    ["last_year", ["2026-03-01", "2026-03-31"], ["2025-03-01", "2025-03-31"]],
    ["last_year", ["2028-02-29", "2028-02-29"], ["2027-02-28", "2027-02-28"]],
  ] as const)("%s of %j", (comparison, [from, to], expected) => {
    const range = comparisonRange(comparison, { from, to });
    expect(range && [range.from, range.to]).toEqual(expected);
  });
});

describe("what a report shows unless it was said", () => {
  it("is what its kind is about, and what one site or several can have", () => {
    expect(sectionsOf("sponsor", { isAccount: false })).not.toContain("channels");
    expect(sectionsOf("executive-summary", { isAccount: true })).toContain("sites");
    expect(sectionsOf("executive-summary", { isAccount: false })).not.toContain("sites");
    const asked = ["attribution", "sites", "kpis"] as const;
    expect(sectionsOf("executive-summary", { isAccount: true, asked })).toEqual(["kpis", "sites"]);
    expect(sectionsOf("roi", { isAccount: false, asked })).toEqual(["kpis", "attribution"]);
  });

  it("is called by its language", () => {
    expect(defaultTitle("roi", "de", "Laden")).toBe("Laden: Return on Investment");
    expect(defaultTitle("sponsor", "fr", "Boutique")).toBe("Boutique\u00a0: rapport sponsor");
  });
});

describe("the rates of a report", () => {
  const factor = (day: string, up: string, down: string) => ({ day, currency: "USD", up, down });

  it("are of whole units, days with the same one as one line", () => {
    const factors = [
      factor("2026-03-01", "10000", "10843"),
      factor("2026-03-02", "10000", "10843"),
      factor("2026-03-04", "10000", "10843"),
      factor("2026-03-05", "4", "5"),
      { ...factor("2026-03-05", "1", "2"), currency: "GBP" },
    ];
    expect(reportRates(factors, { currency: "EUR", occurred: ["USD"] })).toEqual([
      { from: "2026-03-01", to: "2026-03-02", currency: "USD", rate: "0.922254" },
      { from: "2026-03-04", to: "2026-03-04", currency: "USD", rate: "0.922254" },
      { from: "2026-03-05", to: "2026-03-05", currency: "USD", rate: "0.8" },
    ]);
  });

  it("know that a yen has no hundredths", () => {
    // A yen is 100 cents ÷ 160: the factor of minor units is 100 ÷ 160.
    const yen = { day: "2026-03-01", currency: "JPY", up: "100", down: "160" };
    expect(reportRates([yen], { currency: "EUR", occurred: ["JPY"] })[0]?.rate).toBe("0.00625");
  });
});

describe("rows beyond the most that are named", () => {
  it("are one row only where it stands for several", () => {
    expect(foldRows([1, 2, 3], 2)).toEqual({ named: [1, 2, 3], others: [] });
    expect(foldRows([1, 2, 3, 4], 2)).toEqual({ named: [1, 2], others: [3, 4] });
  });

  it("of lengths are ranges that leave nothing out", () => {
    const lengths = Array.from({ length: 30 }, (_, i) => ({ touches: i + 1, conversions: 1 }));
    const groups = lengthGroups(lengths);
    expect(groups.reduce((sum, { conversions }) => sum + conversions, 0)).toBe(30);
    expect(groups.at(-1)).toEqual({ min: 13, max: null, conversions: 18 });
  });
});

describe("the journeys of a report's campaigns", () => {
  const own = [{ key: "7", publicId: "cmp_own", name: "Spring" }];
  const item = (keys: (string | null)[], more: Partial<RunItem> = {}): RunItem => ({
    id: "i",
    kind: "conversion",
    atMs: 100_000,
    convertedAtMs: 100_000,
    previousAtMs: null,
    beforeMinor: 0,
    afterMinor: 1_000,
    touches: keys.map((key, n) => ({ id: `t${n}`, atMs: n * 1_000, rank: 0, key, isDirect: key === null })),
    ...more,
  });
  const told = (...items: RunItem[]) => {
    const journeys = new CampaignJourneys(own, DEFAULT_OPTIONS);
    journeys.add(items);
    return journeys.report();
  };

  it("are those the campaigns were part of; no other campaign has a name, equal steps are one", () => {
    const report = told(item(["7", "7", "8", "9", null]), item(["8", "9"]), item([]));
    expect(report).toMatchObject({
      by: "campaign",
      conversions: 1,
      top: [
        {
          path: [
            { kind: "group", key: "cmp_own", name: "Spring" },
            { kind: "others", key: "", name: "" },
            { kind: "none", key: "", name: "" },
          ],
          conversions: 1,
          revenueMinor: 1_000,
        },
      ],
      medianLagMs: 100_000,
    });
    expect(report.lengths.find(({ min }) => min === 4)).toEqual({ min: 4, max: 6, conversions: 1 });
  });

  it("lose what was refunded, and no conversion by it", () => {
    const refund = item(["7"], { kind: "refund", beforeMinor: 1_000, afterMinor: 400 });
    expect(told(item(["7"]), refund).top).toMatchObject([{ conversions: 1, revenueMinor: 400 }]);
  });

  it("are ten ways by name, the rest together", () => {
    const items = Array.from({ length: 13 }, (_, n) =>
      item(["7", ...Array.from({ length: n }, (_, i) => (i % 2 === 0 ? "8" : "7"))]),
    );
    const report = told(...items);
    expect([report.top.length, report.others]).toEqual([
      10,
      { ways: 3, conversions: 3, revenueMinor: 3_000 },
    ]);
  });
});

describe("a model that was stored in the first shape", () => {
  const credit = (conversions: number, revenueMinor: number) => ({ conversions, revenueMinor });
  const same = (one: ReturnType<typeof credit>) => ({ first: one, last: one, linear: one });
  const figures = {
    visitors: 9,
    clicks: 2,
    impressions: 0,
    conversions: 4,
    revenueMinor: 400,
    spendMinor: null,
  };
  const old: ReportModelV1 = {
    version: 1,
    kind: "campaign-performance",
    title: "Spring",
    preparedFor: null,
    siteName: "Shop",
    campaignName: "Spring",
    range: { from: "2026-03-01", to: "2026-03-02", timeZone: "UTC" },
    comparison: null,
    generatedAt: "2026-03-03T00:00:00.000Z",
    currency: "EUR",
    headline: {
      revenueMinor: 400,
      previousRevenueMinor: null,
      conversions: 4,
      visitors: 9,
      spendMinor: null,
      roas: null,
      topChannel: { label: "E-mail", share: 1, of: "revenue" },
    },
    kpis: [{ key: "revenue", label: "Revenue", value: 400, unit: "money", previous: null, reason: null }],
    days: [],
    comparisonDays: null,
    channels: {
      rows: [
        { channel: "email", label: "E-mail", ...figures, conversions: 3, revenueMinor: 300 },
        { channel: "unassigned", label: "(unattributed)", ...figures, conversions: 1, revenueMinor: 100 },
      ],
      totals: figures,
    },
    attribution: {
      by: "campaign",
      lookbackDays: 30,
      models: ["first", "last", "linear"],
      rows: [
        { key: "cmp_1", label: "Spring", credits: same(credit(2, 200)) },
        { key: "others", label: "Other campaigns", credits: same(credit(1, 100)) },
      ],
      unattributed: same(credit(1, 100)),
      totals: same(credit(4, 400)),
    },
    howComputed: {
      model: "last",
      lookbackDays: 30,
      directRule: "keep",
      currency: "EUR",
      dataVersion: "v",
      unattributedShare: { conversions: 0.25, revenue: 0.25 },
      notes: ["The last day was not over when the report was made."],
    },
  };

  it("has the same figures in today's, and no names where renderers have words", () => {
    const model = upgradeModel(old);
    expect(model).toMatchObject({
      version: 2,
      language: "en",
      campaignNames: ["Spring"],
      headline: { topChannel: { channel: "email" } },
      kpis: [{ key: "revenue", value: 400, interval: null, tooFew: false }],
      campaigns: null,
      journeys: null,
    });
    expect(model.kpis[0]).not.toHaveProperty("label");
    expect(model.channels?.rows.map(({ kind, channel }) => [kind, channel])).toEqual([
      ["group", "email"],
      ["unattributed", "unassigned"],
    ]);
    expect(model.attribution?.rows.map(({ kind, name }) => [kind, name])).toEqual([
      ["group", "Spring"],
      ["others", ""],
      ["unattributed", ""],
    ]);
    const sums = model.attribution?.rows.map(({ credits }) => credits[1]?.revenueMinor ?? 0);
    expect(sums?.reduce((sum, minor) => sum + minor, 0)).toBe(model.attribution?.totals[1]?.revenueMinor);
    expect(model.howComputed.notes).toEqual([
      { kind: "text", text: "The last day was not over when the report was made." },
    ]);
    expect(model.sections).toEqual(["kpis", "chart", "channels", "attribution"]);
  });

  it("of today stays as it is", () => {
    const model = upgradeModel(old);
    expect(upgradeModel(model)).toBe(model);
  });
});
