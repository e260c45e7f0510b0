import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numbersOf } from "#core/alerts/alert-parameters.ts";
import { baselineOf } from "#core/alerts/hour-baseline.ts";
import { judgeCpa, judgePacing } from "#core/alerts/judge-campaigns.ts";
import { judgeErrorRate, judgeSlowAnswers } from "#core/alerts/judge-operations.ts";
import { judgeConversions, judgeSilence } from "#core/alerts/judge-rhythm.ts";

const MINUTE_MS = 60_000;

describe("the baseline of weeks", () => {
  it("is their median, quartiles and spread, worked by hand", () => {
    // In order 40 44 50 52 56 60 66 70; deviations from 54: 2 2 4 6 10 12 14 16, their median 8.
    expect(baselineOf([50, 60, 40, 70, 52, 44, 56, 66])).toEqual({
      weeks: 8,
      median: 54,
      low: 48.5,
      high: 61.5,
      spread: 1.4826 * 8,
    });
  });

  it("is hardly moved by one odd week, and is none of fewer than four", () => {
    expect(baselineOf([50, 50, 50, 50, 50, 50, 50, 9_000])).toMatchObject({ median: 50, spread: 0 });
    expect(baselineOf([1, 2, 3])).toBeNull();
  });
});

describe("a silent site", () => {
  const numbers = numbersOf("site-silent", null);
  const silent = {
    lastEventMs: 0,
    atMs: 61 * MINUTE_MS,
    timeZone: "UTC",
    weeks: [50, 60, 40, 70, 52, 44, 56, 66],
    isIngestStalled: false,
  };

  it("is told of where the stretch is usually busy", () => {
    expect(judgeSilence(silent, numbers)).toMatchObject({
      verdict: "bad",
      cause: { minutes: 61, usual: { low: 49, high: 62, weeks: 8 } },
    });
    expect(judgeSilence({ ...silent, atMs: 59 * MINUTE_MS }, numbers).verdict).toBe("good");
  });

  it("is never told of where it is usually quiet, too new, or ingest stands still", () => {
    const judged = (change: Partial<typeof silent>) => judgeSilence({ ...silent, ...change }, numbers);
    expect(judged({ weeks: [3, 0, 2, 5, 1, 4, 2, 2] })).toEqual({
      verdict: "missing",
      reason: "usually_quiet",
    });
    // Busy in the median, but empty in two weeks of eight: it happens.
    expect(judged({ weeks: [50, 60, 0, 70, 52, 0, 56, 66] })).toMatchObject({ verdict: "missing" });
    expect(judged({ weeks: [50, 60, 40] })).toEqual({ verdict: "missing", reason: "too_little_history" });
    expect(judged({ isIngestStalled: true })).toEqual({ verdict: "missing", reason: "ingest_stalled" });
  });

  it("never fires for a site that has fewer events than the rule asks for, whatever its weeks", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 19 }), { maxLength: 8 }),
        fc.nat(10_000),
        (weeks, minutes) => {
          const verdict = judgeSilence({ ...silent, weeks, atMs: minutes * MINUTE_MS }, numbers).verdict;
          expect(verdict).not.toBe("bad");
        },
      ),
    );
  });
});

describe("fewer conversions", () => {
  const numbers = numbersOf("conversion-drop", null);
  const facts = {
    fromMs: 0,
    toMs: 3 * 60 * MINUTE_MS,
    timeZone: "UTC",
    conversions: 20,
    events: 500,
    weeks: [60, 58, 63, 61, 59, 60, 62, 57],
    isStale: false,
  };
  const judged = (change: Partial<typeof facts>) => judgeConversions({ ...facts, ...change }, numbers);

  it("are told of when it is half of what is usual and more than chance", () => {
    expect(judged({})).toMatchObject({ verdict: "bad", cause: { conversions: 20, usual: { median: 60 } } });
    expect(judged({ conversions: 31 }).verdict).toBe("good");
    // A third of nine, which chance alone brings about often enough.
    expect(judged({ conversions: 4, weeks: [12, 11, 13, 12, 10, 14, 12, 12] }).verdict).toBe("good");
  });

  it("are not known with too few weeks, hours to be summed, or no event at all", () => {
    expect(judged({ weeks: [60, 60, 60] })).toEqual({ verdict: "missing", reason: "too_little_history" });
    expect(judged({ isStale: true })).toEqual({ verdict: "missing", reason: "not_rolled_up" });
    expect(judged({ events: 0, conversions: 0 })).toEqual({ verdict: "missing", reason: "site_is_silent" });
  });
});

describe("requests", () => {
  const errors = (requests: number, failed: number) =>
    judgeErrorRate(
      { kind: "error-rate", minutes: 5, requests, errors: failed, most: null },
      numbersOf("error-rate", null),
    );

  it("fail too often above one in a hundred, of fifty at least", () => {
    expect(errors(1_000, 10).verdict).toBe("good");
    expect(errors(1_000, 11).verdict).toBe("bad");
    expect(errors(49, 49)).toEqual({ verdict: "missing", reason: "too_few_requests" });
    expect(errors(10, 0).verdict).toBe("good");
    expect(errors(0, 0)).toEqual({ verdict: "missing", reason: "no_requests" });
  });

  it("are slow above a second at the 95th percentile", () => {
    const slow = (requests: number, p95Ms: number) =>
      judgeSlowAnswers(
        { kind: "slow-answers", minutes: 5, requests, p95Ms, slowest: null },
        numbersOf("slow-answers", null),
      );
    expect(slow(100, 1_000).verdict).toBe("good");
    expect(slow(100, 1_001).verdict).toBe("bad");
    expect(slow(9, 9_000).verdict).toBe("missing");
    expect(slow(0, 0).verdict).toBe("missing");
  });
});

describe("a budget", () => {
  const budget = {
    campaignId: "cmp_1",
    campaign: "Spring",
    currency: "EUR",
    isActive: true,
    startsOn: "2026-03-01",
    endsOn: "2026-03-20",
    budgetMinor: 100_000,
    spentMinor: 50_000,
    spentUntilYesterdayMinor: 50_000 as number | null,
    isSpendForeign: false,
    today: "2026-03-10",
    yesterday: "2026-03-09",
  };
  const over = (change: Partial<typeof budget>) =>
    judgePacing("overspend", { ...budget, ...change }, numbersOf("overspend", null));
  const under = (change: Partial<typeof budget>) =>
    judgePacing("under-delivery", { ...budget, ...change }, numbersOf("under-delivery", null));

  it("is overspent above 1.2 times its pace, or above the whole of it", () => {
    expect(over({}).verdict).toBe("good");
    expect(over({ spentMinor: 60_001 })).toMatchObject({ verdict: "bad", cause: { elapsed: 0.5 } });
    expect(over({ spentMinor: 60_000 }).verdict).toBe("good");
    // One day of twenty says little, but the whole budget does not come back.
    expect(over({ today: "2026-03-01", spentMinor: 50_000 }).verdict).toBe("good");
    expect(over({ today: "2026-03-01", spentMinor: 100_001 }).verdict).toBe("bad");
  });

  it("is under-delivered below 0.7 times its pace as of yesterday", () => {
    // Nine days of twenty: 45,000 is on pace, 31,500 the limit.
    expect(under({ spentUntilYesterdayMinor: 31_500 }).verdict).toBe("good");
    expect(under({ spentUntilYesterdayMinor: 31_499 }).verdict).toBe("bad");
  });

  it("is not judged without spend or a rate, and no more once its flight is over or it is paused", () => {
    expect(under({ spentUntilYesterdayMinor: null })).toEqual({ verdict: "missing", reason: "no_spend" });
    expect(over({ isSpendForeign: true })).toEqual({ verdict: "missing", reason: "currency_mismatch" });
    expect(over({ today: "2026-03-21", spentMinor: 900_000 })).toEqual({ verdict: "gone" });
    expect(over({ isActive: false, spentMinor: 900_000 })).toEqual({ verdict: "gone" });
  });
});

describe("a target CPA", () => {
  const facts = {
    campaignId: "cmp_1",
    campaign: "Spring",
    currency: "EUR",
    isActive: true,
    targetMinor: 1_000 as number | null,
    days: 7,
    from: "2026-03-01",
    to: "2026-03-07",
    spentMinor: 12_000 as number | null,
    isSpendForeign: false,
    conversions: 10,
  };
  const judged = (change: Partial<typeof facts>) =>
    judgeCpa({ ...facts, ...change }, numbersOf("cpa-above-target", null));

  it("is missed by more than a fifth", () => {
    expect(judged({}).verdict).toBe("good");
    expect(judged({ spentMinor: 12_001 }).verdict).toBe("bad");
  });

  it("is missed without a conversion, once the money would have paid for five", () => {
    expect(judged({ conversions: 0, spentMinor: 6_000 })).toEqual({
      verdict: "missing",
      reason: "too_few_conversions",
    });
    expect(judged({ conversions: 0, spentMinor: 6_001 }).verdict).toBe("bad");
  });

  it("is not known without spend, and none without a target", () => {
    expect(judged({ spentMinor: null })).toEqual({ verdict: "missing", reason: "no_spend" });
    expect(judged({ targetMinor: null })).toEqual({ verdict: "gone" });
  });
});
