import type { SummedModel } from "#core/attribution/models.ts";
import { beforeAll, describe, expect, it } from "vitest";

import type { Grouping } from "#core/attribution/grouping.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import type { Database } from "#db/database.ts";
import { readRuleSums, ruleSums, type RuleSum } from "#db/queries/attribution/rule-sums.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { differences } from "#tests/support/differences.ts";
import { goldenExpectations, type GoldenExpectation } from "#tests/support/golden-files.ts";
import { channelCode, createGoldenSite, type GoldenSite } from "./golden-data.ts";

const MODELS: Readonly<Record<string, SummedModel>> = {
  first_touch: "first",
  last_touch: "last",
  last_non_direct: "last_non_direct",
  linear: "linear",
  position_40_20_40: "position",
  time_decay_7d: "time_decay",
};
/** Every conversion of the files lies in it, in any zone. */
const RANGE = { from: "2025-01-01", to: "2025-05-31" };
const known = new Map<string, Promise<RuleSum[]>>();
let db: Database;
let golden: GoldenSite;

beforeAll(async () => {
  ({ db } = await createDatabase());
  golden = await createGoldenSite(db);
});

/** All models come from one statement: 24 of them for 72 settings. */
async function sumsOf(expected: GoldenExpectation, by: Grouping): Promise<RuleSum[]> {
  const { lookback_days: lookbackDays, direct, reset_at_conversion: reset } = expected;
  const key = `${lookbackDays} ${direct} ${reset} ${by}`;
  const sums =
    known.get(key) ??
    db
      .execute(
        ruleSums({
          siteId: golden.site.siteId,
          ...RANGE,
          lookbackDays,
          direct,
          reset,
          type: null,
          customer: null,
          by,
          position: DEFAULT_OPTIONS.position,
          halfLifeDays: DEFAULT_OPTIONS.halfLifeDays,
        }),
      )
      .then(({ rows }) => readRuleSums(rows));
  known.set(key, sums);
  return await sums;
}

type Field = "conversions" | "revenueMinor";

/** Groups without credit are left out: the files list only those that earned. */
function figures(sums: readonly RuleSum[], nameOf: (key: string | null) => string, of: [SummedModel, Field]) {
  const [model, field] = of;
  const earning = sums.filter((sum) => !sum.isUnattributed && sum[model].conversions > 0);
  return Object.fromEntries(earning.map((sum) => [nameOf(sum.key), sum[model][field]]));
}

const campaign = (key: string | null) =>
  golden.campaignNames.get(key === null ? null : Number(key)) ?? "unknown";

describe("the golden journeys in Postgres", () => {
  const expectations = goldenExpectations().map((expected) => ({
    ...expected,
    ours: MODELS[expected.model] ?? "last",
  }));

  it("are compared in all 72 settings", () => {
    expect(expectations).toHaveLength(72);
    expect(new Set(expectations.map(({ model }) => model))).toEqual(new Set(Object.keys(MODELS)));
  });

  it.each(expectations)(
    "by $ours, $lookback_days days, direct $direct, reset $reset_at_conversion: to 1e-9 and to the cent",
    async (expected) => {
      const { ours } = expected;
      const campaigns = await sumsOf(expected, "campaign");
      const channels = await sumsOf(expected, "channel");
      const conversions = figures(campaigns, campaign, [ours, "conversions"]);
      const codes = Object.entries(expected.channel_conversions).map(([name, n]) => [channelCode(name), n]);

      expect(differences(conversions, expected.campaign_conversions)).toEqual([]);
      expect(figures(campaigns, campaign, [ours, "revenueMinor"])).toEqual(
        expected.campaign_revenue_cents_int,
      );
      expect(
        differences(figures(channels, String, [ours, "conversions"]), Object.fromEntries(codes)),
      ).toEqual([]);
    },
  );

  it.each(expectations)(
    "by $ours, $lookback_days days, direct $direct, reset $reset_at_conversion: with all that nobody earned",
    async (expected) => {
      for (const by of ["campaign", "channel"] as const) {
        const sums = await sumsOf(expected, by);
        const total = (field: Field, rows: readonly RuleSum[]) =>
          rows.reduce((sum, row) => sum + row[expected.ours][field], 0);
        const nobody = sums.filter(({ isUnattributed }) => isUnattributed);

        expect(total("conversions", nobody)).toBe(expected.unattributed_conversions);
        expect(total("revenueMinor", nobody)).toBe(expected.unattributed_revenue_cents);
        expect(total("conversions", sums)).toBeCloseTo(expected.total_conversions, 9);
        expect(total("revenueMinor", sums)).toBe(expected.total_revenue_cents);
      }
    },
  );
});
