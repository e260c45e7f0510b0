import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { creditItems, type CreditItem, type CreditSums } from "#core/attribution/credit-items.ts";
import type { JourneyModel } from "#core/attribution/journey-shares.ts";
import { judgeTouches, type Touch } from "#core/attribution/journey.ts";
import { MODELS, RULE_MODELS, sumsToTotal } from "#core/attribution/models.ts";
import { DEFAULT_OPTIONS, DIRECT_RULES } from "#core/attribution/options.ts";
import { conversionJourneys, type Visitor } from "#core/attribution/visitor-journeys.ts";
import { differences } from "#tests/support/differences.ts";
import { touchesOf } from "./touches-of.ts";
import { inputs } from "#tests/support/inputs.ts";

/** With coverage, on a busy machine, a thousand cases take their time. */
const PATIENCE = { timeout: 60_000 };

const CASES = { numRuns: inputs(1_000) };
const DAY_MS = 86_400_000;
const JOURNEY_MODELS = MODELS.filter((model): model is JourneyModel => model !== "markov");
const SHARING_MODELS = JOURNEY_MODELS.filter(sumsToTotal);

const group = fc.constantFrom("direct", "email", "search", "social", "display");
const atMs = fc.oneof(
  fc.integer({ min: 0, max: 40 * DAY_MS }),
  fc.integer({ min: 0, max: 4 }).map((n) => n * 10 * DAY_MS),
);
const touch = fc.record({ atMs, rank: fc.constantFrom(0, 1), group });
const conversion = fc.record({ atMs, value: fc.nat(100_000), refunded: fc.nat(50_000) });

type Sale = { id: string; atMs: number; value: number; refunded: number };

/** A person whose touches and conversions often meet in one millisecond, on the ends of lookbacks too. */
const visitor: fc.Arbitrary<Visitor<Sale>> = fc
  .record({
    touches: fc.array(touch, { maxLength: 8 }),
    conversions: fc.array(conversion, { minLength: 1, maxLength: 3 }),
  })
  .map(({ touches, conversions }) => ({
    touches: touches.map((one, i): Touch => ({ ...one, id: String(i), isDirect: one.group === "direct" })),
    conversions: conversions.map((one, i) => ({ ...one, id: String(i) })),
  }));
const visitors = fc.array(visitor, { minLength: 1, maxLength: 3 });
const model = fc.constantFrom(...JOURNEY_MODELS);
const rules = fc.record({
  lookbackDays: fc.constantFrom(1, 10, 30),
  direct: fc.constantFrom(...DIRECT_RULES),
  reset: fc.boolean(),
});

/** Conversions and, of those that were refunded, the refunds. */
function itemsOf(
  some: readonly Visitor<Sale>[],
  how: { lookbackDays: number; direct: "keep"; reset: boolean },
) {
  return some.flatMap((one) =>
    conversionJourneys(one, how).flatMap(({ conversion: { value, refunded }, journey }): CreditItem[] => [
      { journey, conversions: 1, before: 0, after: value },
      { journey, conversions: 0, before: value, after: Math.max(0, value - refunded) },
    ]),
  );
}

const items = fc
  .tuple(visitors, rules)
  .map(([some, how]) => itemsOf(some, how as Parameters<typeof itemsOf>[1]));

type Field = "conversions" | "value";

function creditOf(some: readonly CreditItem[], by: JourneyModel, money: "whole" | "fractions" = "whole") {
  return creditItems(some, { model: by, options: DEFAULT_OPTIONS, money });
}

function figures({ credit }: CreditSums, field: Field, scale = 1): Record<string, number> {
  const earning = credit.filter((earned) => earned[field] !== 0);
  return Object.fromEntries(earning.map((earned) => [earned.group, earned[field] * scale]));
}

function renamed(some: readonly CreditItem[], rename: (name: string) => string): CreditItem[] {
  return some.map((item) => ({
    ...item,
    journey: item.journey.map((one) => ({ ...one, group: rename(one.group) })),
  }));
}

describe("for any visitors, in every model", PATIENCE, () => {
  it("credit and (unattributed) add up to the total, to the cent", () => {
    fc.assert(
      fc.property(items, fc.constantFrom(...SHARING_MODELS), (some, by) => {
        const sums = creditOf(some, by);
        const value = sums.credit.reduce((sum, earned) => sum + earned.value, sums.unattributed.value);
        const shared = sums.credit.reduce((sum, earned) => sum + earned.conversions, 0);
        expect(value).toBe(sums.total.value);
        expect(shared + sums.unattributed.conversions).toBeCloseTo(sums.total.conversions, 9);
        expect(sums.total.conversions).toBe(some.reduce((sum, item) => sum + item.conversions, 0));
      }),
      CASES,
    );
  });

  it("new names permute the credit and change none of it", () => {
    const names: Record<string, string> = { email: "social", social: "search", search: "email" };
    const rename = (name: string) => names[name] ?? name;
    fc.assert(
      fc.property(items, model, (some, by) => {
        const [before, after] = [creditOf(some, by), creditOf(renamed(some, rename), by)];
        for (const field of ["conversions", "value"] as const) {
          const permuted = Object.entries(figures(before, field)).map(([name, n]) => [rename(name), n]);
          expect(differences(figures(after, field), Object.fromEntries(permuted))).toEqual([]);
        }
      }),
      CASES,
    );
  });

  it("k copies of everything earn k times as much", () => {
    fc.assert(
      fc.property(items, model, fc.integer({ min: 2, max: 5 }), (some, by, k) => {
        const copies = creditOf(Array.from({ length: k }, () => some).flat(), by);
        const once = creditOf(some, by);
        expect(differences(figures(copies, "conversions"), figures(once, "conversions", k))).toEqual([]);
        expect(differences(figures(copies, "value"), figures(once, "value", k))).toEqual([]);
      }),
      CASES,
    );
  });

  it("rules are additive: parts of the conversions add up to all of them", () => {
    fc.assert(
      fc.property(items, fc.constantFrom(...RULE_MODELS), fc.nat(6), (some, by, cut) => {
        const whole = creditOf(some, by);
        const parts = [creditOf(some.slice(0, cut), by), creditOf(some.slice(cut), by)];
        for (const field of ["conversions", "value"] as const) {
          const sum: Record<string, number> = {};
          for (const { credit } of parts)
            for (const earned of credit) sum[earned.group] = (sum[earned.group] ?? 0) + earned[field];
          const earning = Object.entries(sum).filter(([, figure]) => figure !== 0);
          expect(differences(Object.fromEntries(earning), figures(whole, field))).toEqual([]);
        }
      }),
      CASES,
    );
  });

  it("a refund of all that is left takes back exactly what each had", () => {
    fc.assert(
      fc.property(items, model, (some, by) => {
        const rest = some.map((item) => ({
          ...item,
          conversions: 0,
          before: item.after,
          after: item.before,
        }));
        expect(figures(creditOf([...some, ...rest], by), "value")).toEqual({});
      }),
      CASES,
    );
  });
});

describe("for single touches", PATIENCE, () => {
  it("all models coincide", () => {
    const single = fc.record({ group, conversions: fc.integer({ min: 1, max: 9 }), after: fc.nat(100_000) });
    fc.assert(
      fc.property(fc.array(single, { minLength: 1, maxLength: 8 }), (some) => {
        const alone = some.map((one) => ({ ...one, before: 0, journey: touchesOf([one.group]) }));
        const first = creditOf(alone, "first");
        for (const by of JOURNEY_MODELS) expect(creditOf(alone, by)).toEqual(first);
      }),
      CASES,
    );
  });
});

describe("for any journey", PATIENCE, () => {
  const journey = fc.array(group, { minLength: 1, maxLength: 8 }).map(touchesOf);
  const sale = (touches: Touch[]): CreditItem[] => [
    { journey: touches, conversions: 1, before: 0, after: 4711 },
  ];
  const decayed = (touches: Touch[], halfLifeDays: number) =>
    creditItems(sale(touches), {
      model: "time_decay",
      options: { ...DEFAULT_OPTIONS, halfLifeDays },
      money: "fractions",
    });

  it("an endless half-life is linear, and one of no time is last", () => {
    fc.assert(
      fc.property(journey, (touches) => {
        const linear = creditOf(sale(touches), "linear", "fractions");
        const last = creditOf(sale(touches), "last", "fractions");
        for (const field of ["conversions", "value"] as const) {
          expect(differences(figures(decayed(touches, 1e12), field), figures(linear, field))).toEqual([]);
          const short = figures(decayed(touches, 1e-9), field);
          expect(differences(short, figures(last, field))).toEqual([]);
        }
      }),
      CASES,
    );
  });

  it("turned round, first and last change places", () => {
    fc.assert(
      fc.property(journey, (touches) => {
        const back = touchesOf(touches.map((one) => one.group).toReversed());
        for (const [one, other] of [
          ["first", "last"],
          ["last", "first"],
        ] as const) {
          const turned = creditOf(sale(back), one);
          expect(figures(turned, "conversions")).toEqual(
            figures(creditOf(sale(touches), other), "conversions"),
          );
        }
      }),
      CASES,
    );
  });
});

describe("a longer lookback", PATIENCE, () => {
  it("never loses a touch: the shorter journey is the end of the longer one", () => {
    fc.assert(
      fc.property(visitor, rules, fc.integer({ min: 1, max: 60 }), (one, how, more) => {
        const eligible = (lookbackDays: number) =>
          conversionJourneys(one, { ...how, direct: "keep", lookbackDays }).map(({ journey: touches }) =>
            touches.map(({ id }) => id),
          );
        const [short, long] = [eligible(how.lookbackDays), eligible(how.lookbackDays + more)];
        for (const [i, touches] of short.entries()) {
          expect(long[i]?.slice((long[i]?.length ?? 0) - touches.length)).toEqual(touches);
        }
      }),
      CASES,
    );
  });
});

describe("each touch", PATIENCE, () => {
  it("counts, or has the reason why it does not", () => {
    fc.assert(
      fc.property(visitor, rules, (one, how) => {
        const sold = one.conversions[0]?.atMs ?? 0;
        const resetAtMs = how.reset ? sold - 5 * DAY_MS : null;
        const judged = judgeTouches(one.touches, { ...how, convertedAtMs: sold, resetAtMs });
        expect(judged.map(({ touch: { id } }) => id).toSorted()).toEqual(
          one.touches.map(({ id }) => id).toSorted(),
        );
        for (const { touch: seen, exclusion } of judged) {
          const isInTime = seen.atMs <= sold && seen.atMs >= sold - how.lookbackDays * DAY_MS;
          const isNew = resetAtMs === null || seen.atMs > resetAtMs;
          expect(exclusion === null || exclusion === "direct_excluded").toBe(isInTime && isNew);
        }
      }),
      CASES,
    );
  });

  it("that is direct is left out exactly where the rule says so and another one counts", () => {
    fc.assert(
      fc.property(visitor, rules, (one, how) => {
        const judged = judgeTouches(one.touches, { ...how, convertedAtMs: 20 * DAY_MS, resetAtMs: null });
        const countsOther = judged.some(({ touch: seen, exclusion }) => exclusion === null && !seen.isDirect);
        for (const { touch: seen, exclusion } of judged) {
          const isOut = how.direct !== "keep" && countsOther && seen.isDirect;
          const isInTime = exclusion === null || exclusion === "direct_excluded";
          expect(exclusion === "direct_excluded").toBe(isOut && isInTime);
        }
      }),
      CASES,
    );
  });
});
