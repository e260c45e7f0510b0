import { beforeAll, describe, expect, it } from "vitest";

import {
  groupCredit,
  RULE_MODELS,
  sumCredit,
  type DayCredit,
  type RuleModel,
} from "#core/attribution/credit.ts";
import { cpa, roas, roi } from "#core/roi/ratios.ts";
import type { Database } from "#db/database.ts";
import { creditRows, readCreditRows } from "#db/queries/attribution/credit-rows.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import {
  channelCode,
  createGoldenSite,
  readExpectations,
  type Expectation,
  type GoldenSite,
} from "./golden-data.ts";

const MODELS: Readonly<Record<string, RuleModel>> = {
  first_touch: "first",
  last_touch: "last",
  linear: "linear",
};
/** Every conversion of the files lies in it, in any zone. */
const RANGE = { from: "2025-01-01", to: "2025-05-31" };
let db: Database;
let golden: GoldenSite;

beforeAll(async () => {
  ({ db } = await createDatabase());
  golden = await createGoldenSite(db);
});

type Options = { lookbackDays: number; direct: Expectation["direct"]; from?: string; to?: string };

async function creditOf(options: Options): Promise<DayCredit[]> {
  const { rows } = await db.execute(creditRows({ siteId: golden.site.siteId, ...RANGE, ...options }));
  return readCreditRows(rows);
}

const expectations = readExpectations()
  .filter(({ reset_at_conversion: isReset, model }) => !isReset && model in MODELS)
  .map((expected) => ({ ...expected, ours: MODELS[expected.model] ?? "last" }));

function byName(rows: readonly DayCredit[], model: RuleModel, nameOf: (row: DayCredit) => string) {
  const attributed = rows.filter(({ isUnattributed }) => !isUnattributed);
  return new Map(
    [...groupCredit(attributed, nameOf)].map(([name, group]) => [name, sumCredit(group, model)]),
  );
}

const campaignName = ({ campaignId }: DayCredit) => golden.campaignNames.get(campaignId) ?? "unknown";

/** Groups without credit are left out on both sides: the files list only those that earned. */
function expectConversions(actual: Map<string, { conversions: number }>, expected: Record<string, number>) {
  const earning = [...actual].filter(([, { conversions }]) => conversions > 0);
  expect(earning.map(([name]) => name).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [name, conversions] of Object.entries(expected)) {
    expect(Math.abs((actual.get(name)?.conversions ?? 0) - conversions)).toBeLessThan(1e-9);
  }
}

function isClose(actual: number | null, expected: number | null, tolerance: number): boolean {
  if (actual === null || expected === null) return actual === expected;
  return Math.abs(actual - expected) < tolerance;
}

describe("the golden journeys", () => {
  it("are compared for three models, three lookback windows and both rules for direct", () => {
    expect(expectations).toHaveLength(18);
  });

  it.each(expectations)(
    "by $ours, $lookback_days days, direct $direct: conversions and cents of each campaign",
    async (expected) => {
      const rows = await creditOf({ lookbackDays: expected.lookback_days, direct: expected.direct });
      const campaigns = byName(rows, expected.ours, campaignName);

      expectConversions(campaigns, expected.campaign_conversions);
      for (const [name, cents] of Object.entries(expected.campaign_revenue_cents_int)) {
        expect([name, campaigns.get(name)?.revenueMinor]).toEqual([name, cents]);
      }
    },
  );

  it.each(expectations)(
    "by $ours, $lookback_days days, direct $direct: conversions and revenue of each channel",
    async (expected) => {
      const rows = await creditOf({ lookbackDays: expected.lookback_days, direct: expected.direct });
      const channels = byName(rows, expected.ours, ({ channel }) => channel ?? "none");
      const codes = Object.entries(expected.channel_conversions).map(([name, n]) => [channelCode(name), n]);

      expectConversions(channels, Object.fromEntries(codes));
      for (const [name, cents] of Object.entries(expected.channel_revenue_cents)) {
        // Whole conversions earn whole cents; shares of one are split to the cent, and may be one off the fraction each.
        const tolerance = expected.ours === "linear" ? expected.total_conversions : 0;
        const difference = (channels.get(channelCode(name))?.revenueMinor ?? 0) - cents;
        expect(Math.abs(difference)).toBeLessThanOrEqual(tolerance);
      }
    },
  );

  it.each(expectations)(
    "by $ours, $lookback_days days, direct $direct: what is unattributed, and the total",
    async (expected) => {
      const rows = await creditOf({ lookbackDays: expected.lookback_days, direct: expected.direct });
      const unattributed = rows.filter(({ isUnattributed }) => isUnattributed);

      expect(sumCredit(unattributed, expected.ours)).toEqual({
        conversions: expected.unattributed_conversions,
        revenueMinor: expected.unattributed_revenue_cents,
      });
      expect(unattributed.every(({ campaignId, channel }) => campaignId === null && channel === null)).toBe(
        true,
      );
      expect(sumCredit(rows, expected.ours)).toEqual({
        conversions: expected.total_conversions,
        revenueMinor: expected.total_revenue_cents,
      });
    },
  );

  it.each(expectations)(
    "by $ours, $lookback_days days, direct $direct: ROAS, ROI and CPA of each campaign",
    async (expected) => {
      const rows = await creditOf({ lookbackDays: expected.lookback_days, direct: expected.direct });
      const campaigns = byName(rows, expected.ours, campaignName);

      for (const [name, kpis] of Object.entries(expected.campaign_kpis)) {
        const figures = {
          impressions: 0,
          clicks: 0,
          visitors: 0,
          isSpendForeign: false,
          isRevenueForeign: false,
          spendMinor: kpis.spend_cents,
          ...(campaigns.get(name) ?? { conversions: 0, revenueMinor: 0 }),
        };
        // The files take revenue before it is split to the cent.
        const tolerance = expected.ours === "linear" ? 1e-3 : 1e-9;
        expect(isClose(roas(figures).value, kpis.roas, tolerance)).toBe(true);
        expect(isClose(roi(figures).value, kpis.roi, tolerance)).toBe(true);
        expect(isClose(cpa(figures).value, kpis.cpa_cents, 1e-4)).toBe(true);
      }
    },
  );

  it("are additive: the days add up to the whole range in every model", async () => {
    const options = { lookbackDays: 30, direct: "keep" } as const;
    const whole = await creditOf(options);
    const halves = [
      ...(await creditOf({ ...options, to: "2025-03-08" })),
      ...(await creditOf({ ...options, from: "2025-03-09" })),
    ];

    for (const model of RULE_MODELS) {
      const [one, two] = [byName(whole, model, campaignName), byName(halves, model, campaignName)];
      expect([...two.keys()].toSorted()).toEqual([...one.keys()].toSorted());
      for (const [name, credit] of one) {
        expect(two.get(name)?.revenueMinor).toBe(credit.revenueMinor);
        expect(two.get(name)?.conversions).toBeCloseTo(credit.conversions, 9);
      }
    }
  });
});
