import { describe, expect, it } from "vitest";

import { creditItems, type CreditSums } from "#core/attribution/credit-items.ts";
import type { RuleModel } from "#core/attribution/models.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import { conversionJourneys } from "#core/attribution/visitor-journeys.ts";
import { cpa, roas, roi } from "#core/roi/ratios.ts";
import { differences } from "#tests/support/differences.ts";
import {
  type GoldenExpectation,
  goldenExpectations,
  goldenPaths,
  goldenRows,
  goldenVisitors,
} from "#tests/support/golden-files.ts";
import { touchesOf } from "./touches-of.ts";

const MODELS: Readonly<Record<string, RuleModel>> = {
  first_touch: "first",
  last_touch: "last",
  last_non_direct: "last_non_direct",
  linear: "linear",
  position_40_20_40: "position",
  time_decay_7d: "time_decay",
};
const VISITORS = { channel: goldenVisitors("channel"), campaign: goldenVisitors("campaign") };

type View = { by: "channel" | "campaign"; money: "whole" | "fractions" };

function creditOf(expected: GoldenExpectation, { by, money }: View): CreditSums {
  const rules = {
    lookbackDays: expected.lookback_days,
    direct: expected.direct,
    reset: expected.reset_at_conversion,
  };
  const items = VISITORS[by].flatMap((visitor) =>
    conversionJourneys(visitor, rules).map(({ conversion, journey }) => ({
      journey,
      conversions: 1,
      before: 0,
      after: conversion.cents,
    })),
  );
  const model = MODELS[expected.model];
  if (model === undefined) throw new Error(`No model is called ${expected.model}`);
  return creditItems(items, { model, options: DEFAULT_OPTIONS, money });
}

/** Groups without credit are left out: the files list only those that earned. */
function earned({ credit }: CreditSums, field: "conversions" | "value"): Record<string, number> {
  const earning = credit.filter(({ conversions }) => conversions > 0);
  return Object.fromEntries(earning.map((group) => [group.group, group[field]]));
}

const expectations = goldenExpectations().map((expected) => ({
  ...expected,
  title: `${expected.model}, ${expected.lookback_days} days, direct ${expected.direct}, ${expected.reset_at_conversion ? "with" : "no"} reset`,
}));

describe("the golden journeys", () => {
  it("are compared in 72 settings", () => {
    expect(expectations).toHaveLength(72);
  });

  it.each(expectations)("by $title: conversions and revenue of each group to 1e-9", (expected) => {
    const channels = creditOf(expected, { by: "channel", money: "fractions" });
    const campaigns = creditOf(expected, { by: "campaign", money: "fractions" });

    expect(differences(earned(channels, "conversions"), expected.channel_conversions)).toEqual([]);
    expect(differences(earned(channels, "value"), expected.channel_revenue_cents)).toEqual([]);
    expect(differences(earned(campaigns, "conversions"), expected.campaign_conversions)).toEqual([]);
    expect(differences(earned(campaigns, "value"), expected.campaign_revenue_cents)).toEqual([]);
  });

  it.each(expectations)("by $title: whole cents of each campaign, unattributed and total", (expected) => {
    const campaigns = creditOf(expected, { by: "campaign", money: "whole" });

    expect(earned(campaigns, "value")).toEqual(expected.campaign_revenue_cents_int);
    expect(campaigns.unattributed).toEqual({
      conversions: expected.unattributed_conversions,
      value: expected.unattributed_revenue_cents,
    });
    expect(campaigns.total).toEqual({
      conversions: expected.total_conversions,
      value: expected.total_revenue_cents,
    });
  });

  it.each(expectations)("by $title: ROAS, ROI and CPA of each campaign", (expected) => {
    const { credit } = creditOf(expected, { by: "campaign", money: "fractions" });
    for (const [name, kpis] of Object.entries(expected.campaign_kpis)) {
      const { conversions = 0, value = 0 } = credit.find(({ group }) => group === name) ?? {};
      const nothing = {
        impressions: 0,
        clicks: 0,
        visitors: 0,
        isSpendForeign: false,
        isRevenueForeign: false,
      };
      const figures = { ...nothing, conversions, revenueMinor: value, spendMinor: kpis.spend_cents };
      const actual = {
        spend_cents: kpis.spend_cents,
        roas: roas(figures).value,
        roi: roi(figures).value,
        cpa_cents: cpa(figures).value,
      };
      expect(differences(actual, kpis)).toEqual([]);
    }
  });
});

describe("the golden paths", () => {
  const items = goldenPaths()
    .filter(({ conversions }) => conversions > 0)
    .map(({ groups, conversions, value }) => ({
      journey: touchesOf(groups),
      conversions,
      before: 0,
      after: value,
    }));
  const columns = ["first", "last", "linear"] as const;

  it.each([...columns.entries()])("column %d: by %s as the R package has them", (place, model) => {
    const sums = creditItems(items, { model, options: DEFAULT_OPTIONS, money: "fractions" });
    for (const [offset, field] of (["conversions", "value"] as const).entries()) {
      const theirs = goldenRows("CA_R_heuristic.csv").map((row) => [
        row[0] ?? "",
        Number(row[1 + 2 * place + offset]),
      ]);
      expect(differences(earned(sums, field), Object.fromEntries(theirs))).toEqual([]);
    }
  });
});
