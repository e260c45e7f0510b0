import { describe, expect, it } from "vitest";

import { CHANNELS } from "#core/channels/channel.ts";
import { channelPaletteSlot } from "#core/report/channel-palette.ts";
import { reportHeadline } from "#core/report/report-headline.ts";
import { reportKpis, type KpiCertainty, type KpiFigures } from "#core/report/report-kpis.ts";
import { REPORT_KINDS, type ReportKind, type ReportKpiKey } from "#core/report/report-model.ts";
import type { ReportChannelRow } from "#core/report/report-tables.ts";

const FIGURES: KpiFigures = {
  impressions: 10_000,
  clicks: 250,
  visitors: 200,
  conversions: 8,
  revenueMinor: 40_000,
  spendMinor: 10_000,
  isSpendForeign: false,
  isRevenueForeign: false,
  grossProfitMinor: 16_000,
  margin: 0.4,
  paybackDays: { value: 3, reason: null },
};
const NOTHING: KpiFigures = {
  impressions: 0,
  clicks: 0,
  visitors: 0,
  conversions: 0,
  revenueMinor: 0,
  spendMinor: null,
  isSpendForeign: false,
  isRevenueForeign: false,
  grossProfitMinor: null,
  margin: null,
  paybackDays: { value: null, reason: "no_spend" },
};
const UNKNOWN: KpiCertainty = { conversions: null, revenue: null, tooFew: false };

type Asked = { kind?: ReportKind; previous?: KpiFigures | null; certainty?: KpiCertainty };

function kpis(figures: KpiFigures, { kind = "roi", previous = null, certainty = UNKNOWN }: Asked = {}) {
  return reportKpis({ kind, figures, previous, certainty });
}

function kpi(key: ReportKpiKey, figures: KpiFigures, asked: Asked = {}) {
  const found = [...kpis(figures, asked), ...kpis(figures, { ...asked, kind: "campaign-performance" })].find(
    (candidate) => candidate.key === key,
  );
  if (!found) throw new Error(`No report has ${key}`);
  return found;
}

describe("the KPIs of a report", () => {
  it.each([
    ["revenue", 40_000],
    ["spend", 10_000],
    ["grossProfit", 16_000],
    ["roas", 4],
    ["roi", 3],
    ["roiWithMargin", 0.6],
    ["conversions", 8],
    ["cpa", 1_250],
    ["breakEvenCpa", 2_000],
    ["paybackDays", 3],
    ["visitors", 200],
    ["cvr", 0.04],
    ["impressions", 10_000],
    ["clicks", 250],
    ["ctr", 0.025],
    ["aov", 5_000],
  ] as const)("%s is %d by its definition, without a reason", (key, value) => {
    expect(kpi(key, FIGURES)).toMatchObject({ value, reason: null, previous: null });
  });

  it("are twelve of every kind, each once, and begin with what the kind is about", () => {
    const firsts = REPORT_KINDS.map((kind) => {
      const keys = kpis(FIGURES, { kind }).map(({ key }) => key);
      expect([keys.length, new Set(keys).size]).toEqual([12, 12]);
      return [kind, keys[0]];
    });
    expect(Object.fromEntries(firsts)).toEqual({
      "campaign-performance": "revenue",
      sponsor: "impressions",
      roi: "spend",
      "executive-summary": "revenue",
    });
  });

  it("have a reason when, and only when, they have no value", () => {
    for (const figures of [
      FIGURES,
      NOTHING,
      { ...FIGURES, isSpendForeign: true },
      { ...FIGURES, isRevenueForeign: true },
      { ...FIGURES, spendMinor: 0 },
    ]) {
      for (const { value, reason } of kpis(figures)) expect(value === null).toBe(reason !== null);
    }
    expect(kpi("roas", NOTHING)).toMatchObject({ value: null, reason: "no_spend" });
    expect(kpi("grossProfit", NOTHING)).toMatchObject({ value: null, reason: "no_margin" });
    expect(kpi("spend", { ...FIGURES, isSpendForeign: true })).toMatchObject({ reason: "currency_mismatch" });
  });

  it("count and name what came in where some of it has no rate, and work nothing out of it", () => {
    const foreign = { ...FIGURES, isRevenueForeign: true };
    for (const key of ["roas", "roi", "aov"] as const)
      expect(kpi(key, foreign)).toMatchObject({ reason: "currency_mismatch", interval: null });
    for (const key of ["revenue", "conversions", "cpa", "cvr"] as const)
      expect(kpi(key, foreign).value).toBe(kpi(key, FIGURES).value);
  });

  it("keep an entered spend of zero a zero, and give it no ROAS", () => {
    const free = { ...FIGURES, spendMinor: 0 };
    expect(kpi("spend", free).value).toBe(0);
    expect(kpi("cpa", free).value).toBe(0);
    expect(kpi("roas", free).value).toBeNull();
  });

  it("carry the value of the comparison range, null where that had no base", () => {
    expect(kpi("revenue", FIGURES, { previous: { ...FIGURES, revenueMinor: 1 } }).previous).toBe(1);
    expect(kpi("roas", FIGURES, { previous: NOTHING }).previous).toBeNull();
  });

  it("carry intervals of what is made of credit, by end points; none where those reach nothing", () => {
    const certainty = {
      conversions: { low: 4, high: 10 },
      revenue: { low: 20_000, high: 60_000 },
      tooFew: true,
    };
    expect(kpi("conversions", FIGURES, { certainty })).toMatchObject({ interval: { low: 4, high: 10 } });
    expect(kpi("revenue", FIGURES, { certainty }).interval).toEqual({ low: 20_000, high: 60_000 });
    expect(kpi("roas", FIGURES, { certainty }).interval).toEqual({ low: 2, high: 6 });
    expect(kpi("roi", FIGURES, { certainty }).interval).toEqual({ low: 1, high: 5 });
    expect(kpi("cpa", FIGURES, { certainty }).interval).toEqual({ low: 1_000, high: 2_500 });
    const weak = { ...certainty, conversions: { low: 0, high: 10 }, revenue: { low: 0, high: 60_000 } };
    expect(kpi("roas", FIGURES, { certainty: weak }).interval).toBeNull();
    expect(kpi("cpa", FIGURES, { certainty: weak }).interval).toBeNull();
  });

  it("are weak where few journeys stand behind them, but for what is counted", () => {
    const certainty = { ...UNKNOWN, tooFew: true };
    for (const key of ["conversions", "revenue", "roas", "cpa", "aov"] as const)
      expect([key, kpi(key, FIGURES, { certainty }).tooFew]).toEqual([key, true]);
    for (const key of ["visitors", "clicks", "spend", "ctr"] as const)
      expect([key, kpi(key, FIGURES, { certainty }).tooFew]).toEqual([key, false]);
  });
});

describe("the headline of a report", () => {
  const row = (channel: string, conversions: number, revenueMinor: number): ReportChannelRow => ({
    kind: "group",
    channel,
    visitors: 0,
    clicks: 0,
    impressions: 0,
    conversions,
    revenueMinor,
    spendMinor: null,
  });

  it("names the channel with the most revenue and its share; the earlier one of equals", () => {
    const headline = reportHeadline(FIGURES, NOTHING, [row("a", 9, 100), row("b", 1, 300), row("c", 1, 300)]);
    expect(headline.topChannel).toEqual({ channel: "b", share: 300 / 700, of: "revenue" });
    expect(headline).toMatchObject({
      revenueMinor: 40_000,
      previousRevenueMinor: 0,
      roas: 4,
      spendMinor: 10_000,
    });
  });

  it("goes by conversions when nothing was earned, and names none when nothing converted", () => {
    expect(reportHeadline(NOTHING, null, [row("a", 1, 0), row("b", 3, 0)]).topChannel).toEqual({
      channel: "b",
      share: 0.75,
      of: "conversions",
    });
    expect(reportHeadline(NOTHING, null, [row("a", 0, 0)])).toMatchObject({
      topChannel: null,
      previousRevenueMinor: null,
    });
  });

  it("never names what no touchpoint earned", () => {
    const unattributed = { ...row("unassigned", 9, 900), kind: "unattributed" } as const;
    expect(reportHeadline(FIGURES, null, [row("a", 1, 100), unattributed]).topChannel).toEqual({
      channel: "a",
      share: 1,
      of: "revenue",
    });
  });

  it("names the channel with most conversions where some revenue has no rate", () => {
    const channels = [row("a", 1, 900), row("b", 3, 100)];
    const foreign = { ...FIGURES, isRevenueForeign: true };
    expect(reportHeadline(foreign, null, channels)).toMatchObject({
      roas: null,
      topChannel: { channel: "b", share: 0.75, of: "conversions" },
    });
  });

  it("does not count spend in another currency", () => {
    expect(reportHeadline({ ...FIGURES, isSpendForeign: true }, null, [])).toMatchObject({
      spendMinor: null,
      roas: null,
    });
  });
});

describe("the colour of a channel", () => {
  it("is one of eight for every channel, and for one that is unknown", () => {
    for (const channel of [...CHANNELS, "from the future"]) {
      expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(channelPaletteSlot(channel));
    }
    expect(channelPaletteSlot("paid-search")).not.toBe(channelPaletteSlot("paid-social"));
  });
});
