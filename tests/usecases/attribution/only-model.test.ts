import { expect, it } from "vitest";

import type { AttributionReady, AttributionRow } from "#contract/attribution.ts";
import { onlyModel } from "#usecases/attribution/only-model.ts";

type Kind = AttributionRow["kind"];

const row = (kind: Kind, name: string, earned: Record<string, number>) =>
  ({
    kind,
    name,
    credits: Object.fromEntries(
      Object.entries(earned).map(([model, revenueMinor]) => [model, { conversions: 1, revenueMinor }]),
    ),
    spread: { conversions: null, revenueMinor: null },
  }) as unknown as AttributionRow;

const absent = [{ model: "markov", reason: "too_many_states" }] as const;
const answer = {
  status: "ready",
  models: ["first", "linear"],
  absent,
  totals: { conversions: 3, revenueMinor: 900 },
  check: { pConversion: 0.5, empirical: 0.5, states: 2 },
  rows: [
    row("group", "Mail", { linear: 500, first: 100 }),
    row("group", "Search", { linear: 300, first: 700 }),
    row("unattributed", "(unattributed)", { linear: 100, first: 100 }),
  ],
} as unknown as AttributionReady;

it("keeps one model's credits, the row with most of its revenue first", () => {
  const one = onlyModel(answer, "first");
  expect(one).toMatchObject({ models: ["first"], absent: [], check: null, totals: answer.totals });
  expect(one.rows.map(({ name, credits, spread }) => [name, credits, spread])).toEqual([
    ["Search", { first: { conversions: 1, revenueMinor: 700 } }, null],
    ["Mail", { first: { conversions: 1, revenueMinor: 100 } }, null],
    ["(unattributed)", { first: { conversions: 1, revenueMinor: 100 } }, null],
  ]);
});

it("says why the model has no figures, where it has none", () => {
  const one = onlyModel(answer, "markov");
  expect(one).toMatchObject({ models: [], absent, check: answer.check });
  expect(one.rows.map(({ credits }) => credits)).toEqual([{}, {}, {}]);
});
