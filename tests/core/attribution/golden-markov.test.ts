import { describe, expect, it } from "vitest";

import { markovCredit, type MarkovCredit } from "#core/attribution/markov/markov-credit.ts";
import { MarkovCounter } from "#core/attribution/markov/markov-counter.ts";
import type { MarkovOptions, MarkovOrder } from "#core/attribution/options.ts";
import { differences } from "#tests/support/differences.ts";
import { goldenJson, goldenPaths, goldenRows, type GoldenPath } from "#tests/support/golden-files.ts";

type Figures = Record<string, number>;
type Expected = {
  order: MarkovOrder;
  null_paths: boolean;
  n_states: number;
  p_conversion: number;
  removal_effect: Figures;
  removal_effect_value: Figures;
  conversions: Figures;
  value: Figures;
};

function creditOf(paths: readonly GoldenPath[], options: MarkovOptions): MarkovCredit {
  const counter = new MarkovCounter(options.order);
  for (const path of paths) counter.add({ bucket: 0, ...path });
  const total = {
    conversions: paths.reduce((sum, { conversions }) => sum + conversions, 0),
    value: paths.reduce((sum, { value }) => sum + value, 0),
  };
  const result = markovCredit(counter.counts(), total, options);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

type Field = "removalEffect" | "removalEffectValue" | "conversions" | "value";

function figures({ credit }: MarkovCredit, field: Field): Figures {
  return Object.fromEntries(credit.map((group) => [group.group, group[field]]));
}

const golden = goldenJson<{ markov: Expected[]; totals: Figures }>("expected_data_driven.json");
const paths = goldenPaths();

describe("the golden journeys as a Markov chain", () => {
  it("are those that the figures were made of", () => {
    expect(golden.markov).toHaveLength(6);
    const sum = (field: "conversions" | "value" | "nulls") =>
      paths.reduce((total, path) => total + path[field], 0);
    expect({ conversions: sum("conversions"), value: sum("value"), null: sum("nulls") }).toEqual(
      golden.totals,
    );
  });

  it.each(golden.markov)("of order $order, null journeys $null_paths: to 1e-9", (expected) => {
    const credit = creditOf(paths, { order: expected.order, nullJourneys: expected.null_paths });

    expect(credit.states).toBe(expected.n_states);
    expect(Math.abs(credit.pConversion - expected.p_conversion)).toBeLessThan(1e-12);
    expect(differences(figures(credit, "removalEffect"), expected.removal_effect)).toEqual([]);
    expect(differences(figures(credit, "removalEffectValue"), expected.removal_effect_value)).toEqual([]);
    expect(differences(figures(credit, "conversions"), expected.conversions)).toEqual([]);
    expect(differences(figures(credit, "value"), expected.value)).toEqual([]);
  });

  it.each(golden.markov)("of order $order, null journeys $null_paths: convert as they did", (expected) => {
    const { pConversion } = creditOf(paths, { order: expected.order, nullJourneys: expected.null_paths });
    const empirical = expected.null_paths ? 104 / (104 + 213) : 1;
    expect(Math.abs(pConversion - empirical)).toBeLessThan(1e-12);
  });

  it.each(golden.markov)("of order $order, null journeys $null_paths: as R simulates them", (expected) => {
    const credit = creditOf(paths, { order: expected.order, nullJourneys: expected.null_paths });
    const file = `CA_R_markov_order${expected.order}_${expected.null_paths ? "null" : "nonull"}.csv`;
    const simulated = Object.fromEntries(
      goldenRows(file).map(([name = "", conversions]) => [name, Number(conversions)]),
    );
    // 2e7 simulated journeys leave some hundredths of a conversion to chance.
    expect(differences(figures(credit, "conversions"), simulated, 2e-3)).toEqual([]);
  });
});

type MarkovCase = {
  kind: string;
  name: string;
  order: MarkovOrder;
  null_paths: boolean;
  paths: (string | number)[][];
  expect: { p_conversion: number; removal_effect: Figures; conversions: Figures; value: Figures };
  published: { conversions: Figures };
  tolerance_of_published: number;
};

const handCases = goldenJson<MarkovCase[]>("hand_cases.json");

describe("small chains", () => {
  const cases = handCases.filter(({ kind }) => kind === "markov");

  it.each(cases)("$name is as it was worked out, and as it was published", (hand) => {
    const credit = creditOf(goldenPaths(hand.paths), { order: hand.order, nullJourneys: hand.null_paths });

    expect(Math.abs(credit.pConversion - hand.expect.p_conversion)).toBeLessThan(1e-12);
    expect(differences(figures(credit, "removalEffect"), hand.expect.removal_effect)).toEqual([]);
    expect(differences(figures(credit, "conversions"), hand.expect.conversions)).toEqual([]);
    const values = Object.keys(hand.expect.value).length > 0 ? figures(credit, "value") : {};
    expect(differences(values, hand.expect.value)).toEqual([]);
    const tolerance = hand.tolerance_of_published;
    expect(differences(figures(credit, "conversions"), hand.published.conversions, tolerance)).toEqual([]);
  });

  it("are four, and one whose removal effects alone were worked out", () => {
    expect(cases).toHaveLength(4);
    const [hand] = handCases.filter(({ kind }) => kind === "transition_matrix");
    const credit = creditOf(goldenPaths(hand?.paths), { order: 1, nullJourneys: true });
    expect(figures(credit, "removalEffect")).toEqual({ a: 1, b: 0.75, c: 0.25 });
  });
});
