import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { countsBesideEntered } from "#core/spend/counted-spend.ts";
import type { Deal } from "#core/spend/deal.ts";
import { dealSpend, type DayCounts } from "#core/spend/deal-spend.ts";
import { daysOf } from "#core/time/site-day.ts";
import { inputs } from "#tests/support/inputs.ts";

const NOTHING: DayCounts = { impressions: 0, clicks: 0, conversions: 0, revenueMinor: 0 };

function deal(own: Partial<Deal>): Deal {
  return {
    publicId: "deal_1",
    campaignId: 1,
    kind: "cpc",
    startsOn: "2026-03-01",
    endsOn: null,
    amountMinor: 100,
    sharePercent: null,
    currency: "EUR",
    note: null,
    ...own,
  };
}

type Asked = { from?: string; to?: string; today?: string };

function costs(of: Deal, counts: (day: string) => Partial<DayCounts>, asked: Asked = {}) {
  const { from = "2026-03-01", to = "2026-03-31", today = "2026-12-31" } = asked;
  return dealSpend(of, { from, to, today, counts: (day) => ({ ...NOTHING, ...counts(day) }) });
}

const sum = (days: readonly { amountMinor: number }[]) =>
  days.reduce((total, { amountMinor }) => total + amountMinor, 0);

describe("a fixed sum", () => {
  it("is spread over the deal's days to the cent, the odd cents to the earlier ones", () => {
    const fixed = deal({ kind: "fixed", amountMinor: 1_000, startsOn: "2026-03-01", endsOn: "2026-03-03" });
    expect(costs(fixed, () => NOTHING).map(({ amountMinor }) => amountMinor)).toEqual([334, 333, 333]);
  });

  it("gives a part of the flight the same days as the whole, and is known beforehand", () => {
    const fixed = deal({ kind: "fixed", amountMinor: 1_000, startsOn: "2026-03-01", endsOn: "2026-03-03" });
    const asked = { from: "2026-03-02", to: "2026-03-09", today: "2026-02-01" };
    expect(costs(fixed, () => NOTHING, asked)).toEqual([
      { day: "2026-03-02", amountMinor: 333 },
      { day: "2026-03-03", amountMinor: 333 },
    ]);
  });
});

describe("what is paid by count", () => {
  it("follows impressions by the thousand, clicks, conversions and revenue", () => {
    const counts = () => ({ impressions: 2_500, clicks: 3, conversions: 2, revenueMinor: 10_001 });
    const asked = { to: "2026-03-01" };
    expect(costs(deal({ kind: "cpm", amountMinor: 400 }), counts, asked)).toEqual([
      { day: "2026-03-01", amountMinor: 1_000 },
    ]);
    expect(sum(costs(deal({ kind: "cpc", amountMinor: 45 }), counts, asked))).toBe(135);
    expect(sum(costs(deal({ kind: "cpa", amountMinor: 900 }), counts, asked))).toBe(1_800);
    const share = deal({ kind: "revenue_share", amountMinor: null, sharePercent: 12.5 });
    // 100.01 × 12.5 % = 12.50125
    expect(sum(costs(share, counts, asked))).toBe(1_250);
  });

  it("costs 0 on a day without counts, and has no day after today or outside the deal", () => {
    const within = deal({ startsOn: "2026-03-03", endsOn: "2026-03-20" });
    expect(costs(within, () => NOTHING, { today: "2026-03-05" })).toEqual([
      { day: "2026-03-03", amountMinor: 0 },
      { day: "2026-03-04", amountMinor: 0 },
      { day: "2026-03-05", amountMinor: 0 },
    ]);
    expect(costs(within, () => NOTHING, { from: "2026-03-21" })).toEqual([]);
    expect(costs(within, () => NOTHING, { to: "2026-03-02" })).toEqual([]);
  });

  it("gives a share back on a day on which refunds exceed revenue", () => {
    const share = deal({ kind: "revenue_share", amountMinor: null, sharePercent: 10 });
    const counts = (day: string) => ({ revenueMinor: day === "2026-03-01" ? 5_000 : -2_000 });
    expect(costs(share, counts, { to: "2026-03-02" }).map(({ amountMinor }) => amountMinor)).toEqual([
      500, -200,
    ]);
  });

  it("adds up in each month to the month's sum rounded once, whatever the days are", () => {
    const impressions = fc.array(fc.nat(5_000), { minLength: 59, maxLength: 59 });
    fc.assert(
      fc.property(impressions, fc.nat(2_000), (perDay, amountMinor) => {
        const days = daysOf("2026-03-01", "2026-04-28");
        const on = new Map(days.map((day, index) => [day, perDay[index] ?? 0]));
        const counts = (day: string) => ({ impressions: on.get(day) ?? 0 });
        const cpm = deal({ kind: "cpm", amountMinor });
        const march = days.filter((day) => day < "2026-04-01");
        const marchSum = march.reduce((total, day) => total + (on.get(day) ?? 0), 0);
        expect(sum(costs(cpm, counts))).toBe(Math.floor((marchSum * amountMinor) / 1_000 + 0.5));
        // Whatever part of it is asked for, a day costs the same.
        const whole = costs(cpm, counts, { to: "2026-04-28" });
        const part = costs(cpm, counts, { from: "2026-03-17", to: "2026-04-02" });
        expect(part).toEqual(whole.filter(({ day }) => day >= "2026-03-17" && day <= "2026-04-02"));
      }),
      { numRuns: inputs(1_000) },
    );
  });
});

describe("a day that somebody entered spend for", () => {
  it("costs what was entered: the campaign's deals do not count on it, other campaigns' and days do", () => {
    const counts = countsBesideEntered([{ campaignId: 1, day: "2026-03-02" }]);
    expect(counts({ campaignId: 1, day: "2026-03-02" })).toBe(false);
    expect(counts({ campaignId: 1, day: "2026-03-03" })).toBe(true);
    expect(counts({ campaignId: 2, day: "2026-03-02" })).toBe(true);
  });
});
