import { beforeAll, describe, expect, it } from "vitest";

import { markovCredit, type MarkovCredit } from "#core/attribution/markov/markov-credit.ts";
import { DEFAULT_OPTIONS, type MarkovOrder } from "#core/attribution/options.ts";
import type { Database } from "#db/database.ts";
import { markovSteps, readMarkovSteps, type MarkovSteps } from "#db/queries/attribution/markov-steps.ts";
import { readRuleSums, ruleSums } from "#db/queries/attribution/rule-sums.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { differences } from "#tests/support/differences.ts";
import { goldenJson } from "#tests/support/golden-files.ts";
import { channelCode, createGoldenSite, type GoldenSite } from "./golden-data.ts";

type Figures = Record<string, number>;
type Golden = {
  totals: { conversions: number; value: number; null: number };
  markov: {
    order: MarkovOrder;
    null_paths: boolean;
    n_states: number;
    p_conversion: number;
    removal_effect: Figures;
    removal_effect_value: Figures;
    conversions: Figures;
    value: Figures;
  }[];
  shapley: { closed_form_conversions: Figures; closed_form_value: Figures };
};

/** Every conversion of the files lies in it, in any zone, and every touch. */
const JOURNEYS = {
  from: "2024-12-01",
  to: "2025-05-31",
  lookbackDays: 90,
  direct: "keep",
  reset: true,
  type: null,
  customer: null,
  by: "channel",
} as const;
const golden = goldenJson<Golden>("expected_data_driven.json");
let db: Database;
let site: GoldenSite["site"];

beforeAll(async () => {
  ({ db } = await createDatabase());
  ({ site } = await createGoldenSite(db));
});

async function stepsOf(order: MarkovOrder, nullJourneys: boolean): Promise<MarkovSteps> {
  const question = { ...JOURNEYS, siteId: site.siteId, markov: { order, nullJourneys } };
  return readMarkovSteps((await db.execute(markovSteps(question))).rows);
}

/** The files' names by our codes. */
function coded(figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [channelCode(name), figure]));
}

function figuresOf({ credit }: MarkovCredit, keys: MarkovSteps["keys"]) {
  const field = (name: "removalEffect" | "removalEffectValue" | "conversions" | "value") =>
    Object.fromEntries(credit.map((group, i) => [keys[i] ?? "none", group[name]]));
  return {
    removalEffect: field("removalEffect"),
    removalEffectValue: field("removalEffectValue"),
    conversions: field("conversions"),
    value: field("value"),
  };
}

describe("the golden journeys, counted in Postgres", () => {
  it.each(golden.markov)(
    "as a Markov chain of order $order, null journeys $null_paths: to 1e-9",
    async (expected) => {
      const { counts, keys, total } = await stepsOf(expected.order, expected.null_paths);
      if (!counts) throw new Error("There are too many states");
      const options = { order: expected.order, nullJourneys: expected.null_paths };
      const credit = markovCredit(counts, total, options);
      if (!credit.ok) throw new Error(credit.error.kind);
      const figures = figuresOf(credit.value, keys);

      // The files count the states of null journeys in any case.
      expect(credit.value.states).toBeLessThanOrEqual(expected.n_states);
      expect(Math.abs(credit.value.pConversion - expected.p_conversion)).toBeLessThan(1e-12);
      expect(differences(figures.removalEffect, coded(expected.removal_effect))).toEqual([]);
      expect(differences(figures.removalEffectValue, coded(expected.removal_effect_value))).toEqual([]);
      expect(differences(figures.conversions, coded(expected.conversions))).toEqual([]);
      expect(differences(figures.value, coded(expected.value))).toEqual([]);
    },
  );

  it("are as many as the files say, in buckets that hold each person once", async () => {
    const { total, nullJourneys, counts } = await stepsOf(1, true);

    expect({ ...total, null: nullJourneys }).toEqual(golden.totals);
    expect(new Set(Array.from(counts?.converting.bucket ?? [])).size).toBeGreaterThan(40);
  });

  it("by Shapley value: to 1e-9 of the conversions, to the cent of each of the money", async () => {
    const { position, halfLifeDays } = DEFAULT_OPTIONS;
    const question = { ...JOURNEYS, siteId: site.siteId, position, halfLifeDays };
    const sums = readRuleSums((await db.execute(ruleSums(question))).rows).filter(
      ({ isUnattributed }) => !isUnattributed,
    );
    const field = (name: "conversions" | "revenueMinor") =>
      Object.fromEntries(sums.map((sum) => [String(sum.key), sum.shapley[name]]));

    expect(differences(field("conversions"), coded(golden.shapley.closed_form_conversions))).toEqual([]);
    for (const [name, value] of Object.entries(coded(golden.shapley.closed_form_value)))
      expect(Math.abs((field("revenueMinor")[name] ?? 0) - value)).toBeLessThan(golden.totals.conversions);
    const money = Object.values(field("revenueMinor")).reduce((sum, minor) => sum + minor, 0);
    expect(money).toBe(golden.totals.value);
  });
});
