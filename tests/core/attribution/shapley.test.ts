import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { creditItems } from "#core/attribution/credit-items.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import { bruteForceShapley, type Game } from "#tests/core/attribution/brute-force-shapley.ts";
import { differences } from "#tests/support/differences.ts";
import { goldenJson, goldenPaths, type GoldenPath } from "#tests/support/golden-files.ts";
import { touchesOf } from "./touches-of.ts";
import { inputs } from "#tests/support/inputs.ts";

/** With coverage, on a busy machine, a thousand cases take their time. */
const PATIENCE = { timeout: 60_000 };

type Figures = Record<string, number>;

function closedForm(paths: readonly GoldenPath[], field: "conversions" | "value"): Figures {
  const items = paths
    .filter(({ conversions }) => conversions > 0)
    .map(({ groups, conversions, value }) => ({
      journey: touchesOf(groups),
      conversions,
      before: 0,
      after: value,
    }));
  const { credit } = creditItems(items, { model: "shapley", options: DEFAULT_OPTIONS, money: "fractions" });
  return Object.fromEntries(credit.map((group) => [group.group, group[field]]));
}

/** What the journeys inside a coalition add up to: all their groups have to be in it. */
function inside(paths: readonly GoldenPath[], coalition: ReadonlySet<string>) {
  const taken = paths.filter(({ groups }) => groups.every((group) => coalition.has(group)));
  const sum = (field: "conversions" | "value" | "nulls") =>
    taken.reduce((total, path) => total + path[field], 0);
  return { conversions: sum("conversions"), value: sum("value"), nulls: sum("nulls") };
}

function playersOf(paths: readonly GoldenPath[]): string[] {
  return [...new Set(paths.flatMap(({ groups }) => groups))];
}

const { shapley } = goldenJson<{ shapley: Record<string, Figures> }>("expected_data_driven.json");
const paths = goldenPaths();

describe("the Shapley value of the golden journeys", PATIENCE, () => {
  it("is the closed form's and the brute force's, to 1e-9", () => {
    expect(differences(closedForm(paths, "conversions"), shapley["closed_form_conversions"] ?? {})).toEqual(
      [],
    );
    expect(differences(closedForm(paths, "value"), shapley["closed_form_value"] ?? {})).toEqual([]);
    const brute = bruteForceShapley(playersOf(paths), (coalition) => inside(paths, coalition).conversions);
    expect(differences(brute, shapley["bruteforce_conversions"] ?? {})).toEqual([]);
  });

  it("of the conversion rate would give channels less than nothing, which is why it is not offered", () => {
    const rate: Game = (coalition) => {
      const { conversions, nulls } = inside(paths, coalition);
      return conversions + nulls === 0 ? 0 : conversions / (conversions + nulls);
    };
    const raw = bruteForceShapley(playersOf(paths), rate);
    expect(differences(raw, shapley["cvr_game_raw"] ?? {})).toEqual([]);
    const journeys = paths.reduce((sum, { conversions, nulls }) => sum + conversions + nulls, 0);
    const scaled = Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, value * journeys]));
    expect(differences(scaled, shapley["cvr_game_conversions"] ?? {})).toEqual([]);
    expect(Math.min(...Object.values(scaled))).toBeLessThan(0);
  });
});

type CountCase = { kind: string; name: string; sets: Figures; v: Figures; expect: Figures };
const cases = goldenJson<CountCase[]>("hand_cases.json");

describe("small games", PATIENCE, () => {
  const counts = cases.filter(({ kind }) => kind === "shapley_count_game");

  it.each(counts)("$name: the closed form is as published", ({ sets, expect: expected }) => {
    const journeys = Object.entries(sets).map(([set, conversions]) => ({
      groups: set.split(" > "),
      conversions,
      value: 0,
      nulls: 0,
    }));
    expect(differences(closedForm(journeys, "conversions"), expected)).toEqual([]);
  });

  it("whose coalitions have a table: the brute force, which the closed form is held to, is as worked out", () => {
    const [game] = cases.filter(({ kind }) => kind === "shapley_explicit_game");
    const won = new Map(
      Object.entries(game?.v ?? {}).map(([set, value]) => [keyOf(set.split(" > ")), value]),
    );
    const values = bruteForceShapley(["Organic", "Facebook", "Direct"], (s) => won.get(keyOf([...s])) ?? 0);
    expect(differences(values, game?.expect ?? {})).toEqual([]);
  });
});

function keyOf(names: readonly string[]): string {
  return names.toSorted().join(" ");
}

describe("any journeys", PATIENCE, () => {
  const group = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h");
  const path = fc.record({
    groups: fc.array(group, { minLength: 1, maxLength: 6 }),
    conversions: fc.nat(5),
    value: fc.nat(1000),
    nulls: fc.nat(3),
  });

  it("the closed form is the Shapley value of the game in which a journey needs all its groups", () => {
    fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 6 }), (some) => {
        const converting = some.filter(({ conversions }) => conversions > 0);
        const players = playersOf(converting);
        for (const field of ["conversions", "value"] as const) {
          const brute = bruteForceShapley(players, (coalition) => inside(converting, coalition)[field]);
          expect(differences(closedForm(converting, field), brute)).toEqual([]);
        }
      }),
      { numRuns: inputs(1_000) },
    );
  });
});
