import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { sumTouchCredit } from "#core/attribution/explain-item.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import type { JourneyModel } from "#core/attribution/journey-shares.ts";
import { compareItem, type CompareQuestion } from "#core/attribution/runs/compare-items.ts";
import {
  runCredit,
  type CreditByGroup,
  type RunItem,
  type RunTouch,
} from "#core/attribution/runs/run-item.ts";
import { inputs } from "#tests/support/inputs.ts";

const DAY = 86_400_000;
const AT = Date.UTC(2026, 2, 10);
const MODELS = [
  "first",
  "last",
  "last_non_direct",
  "linear",
  "position",
  "time_decay",
  "participation",
  "shapley",
] as const satisfies readonly JourneyModel[];

const touch = fc.record({
  id: fc.constantFrom("t1", "t2", "t3", "t4", "t5"),
  atMs: fc.integer({ min: 0, max: 40 }).map((days) => AT - days * DAY),
  rank: fc.constant(0),
  key: fc.constantFrom("a", "b", "c", null),
  isDirect: fc.boolean(),
});
const touches = fc.uniqueArray(touch, { selector: ({ id }) => id, maxLength: 5 });

function item(kind: RunItem["kind"]): fc.Arbitrary<RunItem> {
  return fc
    .record({
      touches,
      before: fc.integer({ min: 0, max: 5_000 }),
      taken: fc.integer({ min: 0, max: 5_000 }),
    })
    .map(({ touches: own, before, taken }) => ({
      id: "item",
      kind,
      atMs: AT,
      convertedAtMs: AT,
      previousAtMs: null,
      beforeMinor: kind === "refund" ? before + taken : 0,
      afterMinor: before,
      touches: own,
    }));
}

const pair = fc
  .constantFrom("conversion" as const, "refund" as const)
  .chain((kind) => fc.tuple(fc.option(item(kind)), fc.option(item(kind))));

function question(given: Partial<CompareQuestion> = {}): CompareQuestion {
  const run = { model: "linear", options: DEFAULT_OPTIONS } as const;
  const rates = { before: () => null, after: () => null };
  return { before: run, after: run, erased: new Set(), wasAsked: () => true, rates, ...given };
}

const order = (own: RunTouch[], given: Partial<RunItem> = {}): RunItem => ({
  id: "item",
  kind: "conversion",
  atMs: AT,
  convertedAtMs: AT,
  previousAtMs: null,
  beforeMinor: 0,
  afterMinor: 1_000,
  touches: own,
  ...given,
});
const contact = (id: string, key: string | null = "a"): RunTouch => ({
  id,
  atMs: AT - DAY,
  rank: 0,
  key,
  isDirect: false,
});

describe("the changes of one conversion or refund", () => {
  it("add up to the difference of the two runs, group by group, to the cent", () => {
    const asked = fc.record({
      model: fc.constantFrom(...MODELS),
      erased: fc.constantFrom([], ["t1", "t2"]),
      lookbackDays: fc.constantFrom(7, 30, 90),
    });
    fc.assert(
      fc.property(pair, asked, ([before, after], { model, erased, lookbackDays }) => {
        const runs = question({
          before: { model, options: DEFAULT_OPTIONS },
          after: { model, options: { ...DEFAULT_OPTIONS, lookbackDays, direct: "exclude_unless_only" } },
          erased: new Set(erased),
        });
        const changes = compareItem({ before, after }, runs);
        const from: CreditByGroup = before ? runCredit(before, runs.before) : new Map();
        const to: CreditByGroup = after ? runCredit(after, runs.after) : new Map();
        for (const group of new Set([...from.keys(), ...to.keys(), ...changes.map((one) => one.group)])) {
          const told = sumTouchCredit(changes.filter((one) => one.group === group));
          const [a, b] = [sumTouchCredit([from.get(group) ?? null]), sumTouchCredit([to.get(group) ?? null])];
          expect(told.revenueMinor).toBe(b.revenueMinor - a.revenueMinor);
          expect(told.conversions).toBeCloseTo(b.conversions - a.conversions, 9);
        }
      }),
      { numRuns: inputs(1_000) },
    );
  });

  it("are none where nothing differs", () => {
    const same = order([contact("t1"), contact("t2", "b")]);
    expect(compareItem({ before: same, after: structuredClone(same) }, question())).toEqual([]);
  });

  it("are a matcher's where a contact only has another group", () => {
    const changes = compareItem(
      { before: order([contact("t1")]), after: order([contact("t1", "b")]) },
      question(),
    );
    expect(changes).toEqual([
      { reason: "matcher", group: "a", conversions: -1, revenueMinor: -1_000 },
      { reason: "matcher", group: "b", conversions: 1, revenueMinor: 1_000 },
    ]);
  });

  it("are the rates' where only the rate is another one, or the other run had none; late where the order changed", () => {
    const paid = (afterMinor: number) => ({ paid: { currency: "USD", beforeMinor: 0, afterMinor } });
    const [cheap, dear] = [
      order([contact("t1")], { afterMinor: 900, ...paid(1_000) }),
      order([contact("t1")], { afterMinor: 800, ...paid(1_000) }),
    ];
    const rates = { before: () => "1.1", after: () => "1.25" };
    const reasonsOf = (pairOf: Parameters<typeof compareItem>[0], given: Partial<CompareQuestion>) =>
      compareItem(pairOf, question(given)).map(({ reason, revenueMinor }) => [reason, revenueMinor]);
    expect(reasonsOf({ before: cheap, after: dear }, { rates })).toEqual([["rates", -100]]);
    const corrected = { ...dear, ...paid(990) };
    expect(reasonsOf({ before: cheap, after: corrected }, { rates })).toEqual([["late", -100]]);
    // The day's total moved a cent: another order of the day came in.
    const same = { before: () => "1.1", after: () => "1.1" };
    expect(reasonsOf({ before: cheap, after: dear }, { rates: same })).toEqual([["late", -100]]);
    const unknown = { before: () => null, after: () => "1.25" };
    expect(reasonsOf({ before: null, after: dear }, { rates: unknown })).toEqual([["rates", 800]]);
    expect(reasonsOf({ before: null, after: dear }, { rates })).toEqual([["late", 800]]);
  });

  it("are the rates' where an order that only counted has money now; late where it came without a rate", () => {
    const paid = { currency: "USD", beforeMinor: 0, afterMinor: 1_000 };
    const foreign = order([contact("t1")], { afterMinor: 0, paid, isForeign: true });
    const told = order([contact("t1")], { afterMinor: 800, paid });
    const unknown = { before: () => null, after: () => "1.25" };
    expect(compareItem({ before: foreign, after: told }, question({ rates: unknown }))).toEqual([
      { reason: "rates", group: "a", conversions: 0, revenueMinor: 800 },
    ]);
    expect(compareItem({ before: null, after: foreign }, question({}))).toEqual([
      { reason: "late", group: "a", conversions: 1, revenueMinor: 0 },
    ]);
  });

  it("are late where a contact came in, erased where one was erased", () => {
    const [one, two] = [order([contact("t1")]), order([contact("t1"), contact("t2", "b")])];
    const reasons = (before: RunItem, after: RunItem, erased: string[] = []) => [
      ...new Set(
        compareItem({ before, after }, question({ erased: new Set(erased) })).map(({ reason }) => reason),
      ),
    ];
    expect(reasons(one, two)).toEqual(["late"]);
    expect(reasons(two, one)).toEqual(["late"]);
    expect(reasons(two, one, ["t2"])).toEqual(["erased"]);
  });

  it("tell an item that only one run has by what it is, and by what was asked", () => {
    const gone = { before: order([contact("t1")]), after: null };
    const come = { before: null, after: order([contact("t1")]) };
    const refund = { before: null, after: order([contact("t1")], { kind: "refund", beforeMinor: 1_500 }) };
    const reason = (items: typeof gone | typeof come, given: Partial<CompareQuestion> = {}) =>
      compareItem(items, question(given)).map((one) => one.reason);
    expect(reason(come)).toEqual(["late"]);
    expect(reason(refund)).toEqual(["refund"]);
    expect(reason(gone)).toEqual(["late"]);
    expect(reason(gone, { erased: new Set(["item"]) })).toEqual(["erased"]);
    expect(reason(come, { wasAsked: () => false })).toEqual(["options"]);
  });

  it("are the options' where one run looks further back, whichever of the two", () => {
    const old = { ...contact("t0", "b"), atMs: AT - 20 * DAY };
    const [near, far] = [order([contact("t1")]), order([old, contact("t1")])];
    const days = (lookbackDays: number) =>
      ({ model: "linear", options: { ...DEFAULT_OPTIONS, lookbackDays } }) as const;
    const longer = compareItem({ before: near, after: far }, question({ before: days(7), after: days(30) }));
    const shorter = compareItem({ before: far, after: near }, question({ before: days(30), after: days(7) }));
    const told = (changes: ReturnType<typeof compareItem>) =>
      new Set(changes.map(({ reason, group, revenueMinor }) => [reason, group, revenueMinor]));
    expect(told(longer)).toEqual(
      new Set([
        ["options", "a", -500],
        ["options", "b", 500],
      ]),
    );
    expect(told(shorter)).toEqual(
      new Set([
        ["options", "a", 500],
        ["options", "b", -500],
      ]),
    );
  });

  it("tell a value that was corrected from a contact that moved", () => {
    const changes = compareItem(
      { before: order([contact("t1")]), after: order([contact("t1", "b")], { afterMinor: 1_200 }) },
      question(),
    );
    expect(changes.map(({ reason, group, revenueMinor }) => [reason, group, revenueMinor])).toEqual([
      ["matcher", "a", -1_000],
      ["matcher", "b", 1_000],
      ["late", "b", 200],
    ]);
  });
});
