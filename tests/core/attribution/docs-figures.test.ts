import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { creditItems } from "#core/attribution/credit-items.ts";
import { cpaInterval, sumInterval } from "#core/attribution/interval.ts";
import type { JourneyModel } from "#core/attribution/journey-shares.ts";
import { markovCredit } from "#core/attribution/markov/markov-credit.ts";
import { MarkovCounter } from "#core/attribution/markov/markov-counter.ts";
import { wholeValues } from "#core/attribution/markov/whole-values.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import { geoBasedRegression } from "#core/geo/geo-based-regression.ts";
import { syntheticControl } from "#core/geo/synthetic-control.ts";
import { timeBasedRegression } from "#core/geo/time-based-regression.ts";
import { peoplePerGroup } from "#core/statistics/sample-size.ts";
import { relativeLift } from "#core/statistics/two-proportions.ts";
import { goldenExperiment } from "#tests/core/geo/golden-experiment.ts";
import { touchesAged } from "./touches-of.ts";

const PAGE = readFileSync(new URL("../../../docs/attribution.md", import.meta.url), "utf8");

/** The rows of the table on the page whose header is this, cell by cell. */
function tableOf(header: string): string[][] {
  const [, after = ""] = PAGE.split(`${header}\n`);
  const rows = after.split("\n\n", 1)[0]?.split("\n").slice(1) ?? [];
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const euros = (minor: number) => (minor / 100).toFixed(2);

describe("the page on attribution", () => {
  const MODELS: Readonly<Record<string, JourneyModel>> = {
    first: "first",
    last: "last",
    "last non-direct": "last_non_direct",
    linear: "linear",
    position: "position",
    "time decay": "time_decay",
    participation: "participation",
    Shapley: "shapley",
  };
  const groups = ["Display", "Email", "Email", "Direct"];
  const journey = touchesAged([21, 14, 7, 0], Date.UTC(2026, 2, 9)).map((touch, i) => ({
    ...touch,
    group: groups[i] ?? "",
    isDirect: groups[i] === "Direct",
  }));
  const rows = tableOf("| model | Display | Email | Direct |");

  it("shows the order under every model whose credit is one journey's", () => {
    expect(rows.map(([model]) => model)).toEqual(Object.keys(MODELS));
  });

  it.each(rows)("says what %s gives", (name, ...shown) => {
    const items = [{ journey, conversions: 1, before: 0, after: 10_000 }];
    const question = { model: MODELS[name] ?? "first", options: DEFAULT_OPTIONS, money: "whole" } as const;
    const { credit } = creditItems(items, question);
    const earned = new Map(credit.map(({ group, value }) => [group, value]));
    expect(shown).toEqual(["Display", "Email", "Direct"].map((group) => euros(earned.get(group) ?? 0)));
  });

  it("says what the Markov chain gives", () => {
    const counter = new MarkovCounter(1);
    const path = { bucket: 0, conversions: 0, value: 0, nulls: 1 };
    counter.add({
      bucket: 0,
      groups: ["Search", "Email", "Social"],
      conversions: 1,
      value: 100_000,
      nulls: 0,
    });
    counter.add({ ...path, groups: ["Search"] });
    counter.add({ ...path, groups: ["Email", "Social"] });
    const total = { conversions: 1, value: 100_000 };
    const result = markovCredit(counter.counts(), total, DEFAULT_OPTIONS.markov);
    if (!result.ok) throw new Error(result.error.kind);
    const values = wholeValues(result.value.credit, 100_000);
    const expected = result.value.credit.map(({ group, removalEffect, conversions }) => [
      group,
      String(Number(removalEffect.toFixed(9))),
      String(Number(conversions.toFixed(9))),
      euros(values.get(group) ?? 0),
    ]);
    expect(tableOf("| | removal effect | conversions | value |")).toEqual(expected);
  });

  it("says how wide its intervals are", () => {
    const last = sumInterval({ sum: 100, sumSquares: 100 });
    const linear = sumInterval({ sum: 100, sumSquares: 200 * 0.5 ** 2 });
    const cpa = cpaInterval(200_000, last);
    const shown = tableOf("| example | credit | from | to |").map(([, ...figures]) => figures);
    expect(shown).toEqual([
      ["100", last.low.toFixed(1), last.high.toFixed(1)],
      ["100", linear.low.toFixed(1), linear.high.toFixed(1)],
      ["20.00", euros(cpa?.low ?? 0), euros(cpa?.high ?? 0)],
    ]);
  });

  it("says what each method makes of the golden geo experiment", () => {
    const experiment = goldenExperiment();
    const [byTime, byGeo] = [timeBasedRegression(experiment), geoBasedRegression(experiment)];
    if (!byTime.ok || !byGeo.ok) throw new Error("A regression is missing");
    const twin = syntheticControl(experiment);
    const shown = (
      [
        ["time-based regression", byTime.value],
        ["geo-based regression", byGeo.value],
        ["synthetic control", twin],
      ] as const
    ).map(([name, { incremental, interval, iroas, iroasInterval }]) => [
      name,
      ...[incremental, interval?.low, interval?.high].map((figure) => figure?.toFixed(0)),
      ...[iroas, iroasInterval?.low, iroasInterval?.high].map((figure) => figure?.toFixed(2)),
    ]);
    expect(tableOf("| | incremental | from | to | iROAS | from | to |")).toEqual(shown);
    const chance = ((byTime.value.probabilityAboveOne ?? 0) * 100).toFixed(1);
    const lift = ((twin.lift ?? 0) * 100).toFixed(1);
    expect(PAGE).toContain(
      `P(iROAS > 1) is ${chance} %; p of no effect is ${twin.p.toFixed(3)}; the lift is ${lift} %.`,
    );
  });

  it("says what an experiment would tell, and how many people it takes", () => {
    const treatment = { converted: 520, people: 10_000 };
    const lift = relativeLift({ treatment, control: { converted: 450, people: 10_000 } });
    const percent = (share = 0) => `${(share * 100).toFixed(1)} %`;
    const people = Math.ceil(peoplePerGroup({ from: 0.02, to: 0.022, alpha: 0.05, power: 0.8 }));
    const told = PAGE.replaceAll(/\s+/g, " ");
    expect(told).toContain(
      `that is ${percent(lift?.lift)} more, at 95 % between ${percent(lift?.low)} and ${percent(lift?.high)}`,
    );
    expect(told).toContain(`takes ${people.toLocaleString("en")} people`);
  });
});
