import { describe, expect, it } from "vitest";

import { channelPaletteSlot } from "#core/report/channel-palette.ts";
import { reportHeadline } from "#core/report/report-headline.ts";
import { reportKpis } from "#core/report/report-kpis.ts";
import type { ReportChannelRow, ReportKpiKey } from "#core/report/report-model.ts";
import type { Figures } from "#core/roi/ratios.ts";
import { CHANNELS } from "#core/channels/channel.ts";

const FIGURES: Figures = {
  impressions: 10_000,
  clicks: 250,
  visitors: 200,
  conversions: 8,
  revenueMinor: 40_000,
  spendMinor: 10_000,
  isSpendForeign: false,
};
const NOTHING: Figures = {
  impressions: 0,
  clicks: 0,
  visitors: 0,
  conversions: 0,
  revenueMinor: 0,
  spendMinor: null,
  isSpendForeign: false,
};

function kpi(key: ReportKpiKey, figures: Figures, previous: Figures | null = null) {
  return reportKpis(figures, previous).find((candidate) => candidate.key === key);
}

describe("the KPIs of a report", () => {
  it.each([
    ["revenue", 40_000],
    ["spend", 10_000],
    ["roas", 4],
    ["roi", 3],
    ["conversions", 8],
    ["cpa", 1_250],
    ["visitors", 200],
    ["cvr", 0.04],
    ["impressions", 10_000],
    ["clicks", 250],
    ["ctr", 0.025],
    ["aov", 5_000],
  ] as const)("%s is %d by its definition, without a reason", (key, value) => {
    expect(kpi(key, FIGURES)).toMatchObject({ value, reason: null, previous: null });
  });

  it("have a reason when, and only when, they have no value", () => {
    for (const figures of [
      FIGURES,
      NOTHING,
      { ...FIGURES, isSpendForeign: true },
      { ...FIGURES, spendMinor: 0 },
    ]) {
      for (const { value, reason } of reportKpis(figures, null)) expect(value === null).toBe(reason !== null);
    }
    expect(kpi("roas", NOTHING)).toMatchObject({ value: null, reason: "no_spend" });
    expect(kpi("spend", { ...FIGURES, isSpendForeign: true })).toMatchObject({ reason: "currency_mismatch" });
  });

  it("keep an entered spend of zero a zero, and give it no ROAS", () => {
    const free = { ...FIGURES, spendMinor: 0 };
    expect(kpi("spend", free)?.value).toBe(0);
    expect(kpi("cpa", free)?.value).toBe(0);
    expect(kpi("roas", free)?.value).toBeNull();
  });

  it("carry the value of the comparison range, null where that had no base", () => {
    expect(kpi("revenue", FIGURES, { ...FIGURES, revenueMinor: 1 })?.previous).toBe(1);
    expect(kpi("roas", FIGURES, NOTHING)?.previous).toBeNull();
  });
});

describe("the headline of a report", () => {
  const row = (label: string, conversions: number, revenueMinor: number): ReportChannelRow => ({
    channel: label,
    label,
    visitors: 0,
    clicks: 0,
    impressions: 0,
    conversions,
    revenueMinor,
    spendMinor: null,
  });

  it("names the channel with the most revenue and its share; the earlier one of equals", () => {
    const headline = reportHeadline(FIGURES, NOTHING, [row("a", 9, 100), row("b", 1, 300), row("c", 1, 300)]);
    expect(headline.topChannel).toEqual({ label: "b", share: 300 / 700, of: "revenue" });
    expect(headline).toMatchObject({
      revenueMinor: 40_000,
      previousRevenueMinor: 0,
      roas: 4,
      spendMinor: 10_000,
    });
  });

  it("goes by conversions when nothing was earned, and names none when nothing converted", () => {
    expect(reportHeadline(NOTHING, null, [row("a", 1, 0), row("b", 3, 0)]).topChannel).toEqual({
      label: "b",
      share: 0.75,
      of: "conversions",
    });
    expect(reportHeadline(NOTHING, null, [row("a", 0, 0)])).toMatchObject({
      topChannel: null,
      previousRevenueMinor: null,
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
