import { describe, expect, it } from "vitest";

import { journeyShares } from "#core/attribution/journey-shares.ts";
import { DEFAULT_OPTIONS, type PositionShares } from "#core/attribution/options.ts";
import { shareOf } from "#core/money/split-by-shares.ts";
import { goldenJson, goldenPaths } from "#tests/support/golden-files.ts";
import { differences } from "#tests/support/differences.ts";
import { touchesAged, touchesOf } from "./touches-of.ts";

type RuleCase = {
  kind: string;
  name: string;
  expect: number[];
  published: number[];
  tolerance_of_published: number;
};

const CONVERTED_AT_MS = Date.UTC(2026, 2, 9);

function decay(agesDays: readonly number[], halfLifeDays = 7): number[] {
  const journey = touchesAged(agesDays, CONVERTED_AT_MS);
  const shares = journeyShares("time_decay", journey, { ...DEFAULT_OPTIONS, halfLifeDays });
  return journey.map((_, i) => shareOf(shares, i));
}

function position(touches: number, ends: PositionShares = DEFAULT_OPTIONS.position): number[] {
  const journey = touchesOf(Array.from({ length: touches }, (_, i) => `c${i}`));
  const shares = journeyShares("position", journey, { ...DEFAULT_OPTIONS, position: ends });
  return journey.map((_, i) => shareOf(shares, i));
}

const J = { first: 20, middle: 20, last: 60 };
const times = (shares: readonly number[], value: number) => shares.map((share) => share * value);

const OURS: Readonly<Record<string, number[]>> = {
  adobe_time_decay_50usd: times(decay([9, 6, 0, 0]), 50),
  adobe_j_50usd: times(position(4, J), 50),
  adobe_u_two: position(2),
  adobe_j_two: position(2, J),
  mixpanel_u_six: position(6),
  half_life_ladder: decay([28, 21, 14, 7]),
  marketingskills_12000: times(decay([38, 33, 26, 8, 0]), 12_000),
  snowplow_position_140: times(position(3), 140),
};

function byPlace(figures: readonly number[] = []): Record<string, number> {
  return Object.fromEntries(figures.entries());
}

const cases = goldenJson<RuleCase[]>("hand_cases.json");

describe("rules that others published", () => {
  const rules = cases.filter(({ kind }) => kind === "rule");

  it("are all compared", () => {
    expect(rules.map(({ name }) => name).toSorted()).toEqual(Object.keys(OURS).toSorted());
  });

  it.each(rules)("$name gives what was worked out, and what was published", (hand) => {
    const ours = byPlace(OURS[hand.name]);
    expect(differences(ours, byPlace(hand.expect))).toEqual([]);
    const published = byPlace(hand.published);
    // The published figures are rounded; the tolerance is absolute.
    for (const [i, figure] of Object.entries(published))
      expect(Math.abs((ours[i] ?? Number.NaN) - figure)).toBeLessThanOrEqual(hand.tolerance_of_published);
  });

  it("a decay in whole steps is ours at whole half-lives, not what its own page says", () => {
    const [hand] = cases.filter(({ name }) => name === "dp6_floor_decay");
    const steps = [14, 12, 0].map((hours) => Math.floor(hours / 7) * 7);
    const shares = decay(
      steps.map((hours) => hours / 24),
      7 / 24,
    );
    expect(differences(byPlace(shares), byPlace(hand?.expect))).toEqual([]);
  });
});

/**
 * Fractribution asks by how much a path's conversion rate exceeds that of the same path without a channel. It is not
 * offered: most counterfactual paths were never walked. The case shows that the published figures are understood.
 */
function fractribution(rows: (string | number)[][]): Record<string, number> {
  const paths = rows.map(([path = "", conversions, others]) => ({
    groups: String(path).split(" > "),
    conversions: Number(conversions),
    rate: Number(conversions) / (Number(conversions) + Number(others)),
  }));
  const rateOf = (groups: readonly string[]) =>
    paths.find((path) => path.groups.join(">") === groups.join(">"))?.rate ?? 0;
  const credit: Record<string, number> = {};
  for (const { groups, conversions, rate } of paths.filter((path) => path.conversions > 0)) {
    const gains = groups.map((group) =>
      Math.max(0, rate - rateOf(groups.filter((other) => other !== group))),
    );
    const sum = gains.reduce((total, gain) => total + gain, 0);
    for (const [i, group] of groups.entries())
      credit[group] = (credit[group] ?? 0) + (conversions * (gains[i] ?? 0)) / sum;
  }
  return credit;
}

describe("methods that are not offered", () => {
  it("leave-one-out over paths gives the published figures", () => {
    const [hand] = goldenJson<
      { kind: string; paths: (string | number)[][]; expect: Record<string, { conversions: number }> }[]
    >("hand_cases.json").filter(({ kind }) => kind === "fractribution_leave_one_out");
    const expected = Object.entries(hand?.expect ?? {}).map(([name, { conversions }]) => [name, conversions]);
    expect(goldenPaths(hand?.paths)).toHaveLength(9);
    expect(differences(fractribution(hand?.paths ?? []), Object.fromEntries(expected))).toEqual([]);
  });
});
