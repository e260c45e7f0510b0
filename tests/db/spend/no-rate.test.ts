// @module-tag long
import { beforeAll, describe, expect, it } from "vitest";

import type { AttributionReady } from "#contract/attribution.ts";
import { MODELS, type Model } from "#core/attribution/models.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { rowRatios } from "#core/report/row-ratios.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { upsertRates } from "#db/queries/spend/rate-rows.ts";
import { keyPrincipal, siteRef, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
import { reportDeps } from "#tests/db/reports/report-deps.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { getBreakdown } from "#usecases/analytics/get-breakdown.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { getAttribution } from "#usecases/attribution/get-attribution.ts";
import { getCreditedJourneys } from "#usecases/attribution/get-credited-journeys.ts";
import { getJourneys } from "#usecases/attribution/get-journeys.ts";
import { getRuleCredit } from "#usecases/attribution/get-rule-credit.ts";
import { createCampaign } from "#usecases/campaigns/create-campaign.ts";
import { putSpend } from "#usecases/campaigns/put-spend.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { buildReport } from "#usecases/reports/build-report.ts";
import { createReport } from "#usecases/reports/create-report.ts";
import { getReportModel } from "#usecases/reports/get-report-model.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { buildRun } from "#usecases/runs/build-run.ts";
import { recomputeRun } from "#usecases/runs/change-run.ts";
import { compareRuns } from "#usecases/runs/compare-runs.ts";
import { createRun } from "#usecases/runs/create-run.ts";
import { getRun } from "#usecases/runs/get-run.ts";

const HOUR = 3_600_000;
const DAY_MS = 24 * HOUR;
const NOW = Math.floor(Date.now() / DAY_MS) * DAY_MS - 12 * HOUR;
const AT = NOW - 3 * DAY_MS;
const DAY = siteDay(AT, "UTC");
const range = { from: addDays(DAY, -1), to: siteDay(NOW, "UTC") };
const RULES = ["first", "last", "linear"] as const;
const NO_RATE = { value: null, reason: "currency_mismatch" };
const URL = "https://shop.example/";
const ORDERS = [
  ["100.00", "EUR"],
  ["900.00", "USD"],
  ["900.00", "USD"],
  ["900.00", "GBP"],
] as const;

let db: Database;
let deps: ReturnType<typeof reportDeps>;
beforeAll(async () => {
  ({ db } = await createDatabase());
  deps = reportDeps(db);
  deps.setNow(new Date(NOW).toISOString());
});

/**
 * Spring cost 100.00 and brought four visitors, who bought for EUR 100, USD 900 twice and GBP 900. Home cost 20.00 on the
 * next day and brought one, who bought for EUR 50. Nobody said what USD and GBP are worth.
 */
async function shop() {
  const site = await createSite(db, { timeZone: "UTC" });
  const principal = keyPrincipal(site);
  const campaign = async (name: string, day: string, amountMinor: number) => {
    const request = { name, channel: "email" } as const;
    const made = valueOf(await createCampaign(deps, { site: siteRef(site), principal, request }));
    await putSpend(deps, { principal, campaignId: made.id, request: { rows: [{ day, amountMinor }] } });
    return made;
  };
  const spring = await campaign("spring", DAY, 10_000);
  const home = await campaign("home", addDays(DAY, 1), 2_000);
  const bought = (name: string, at: number, order: { value: string; currency: string; orderId: string }) =>
    ingestMessage({
      siteId: site.siteId,
      visitor: visitorId(),
      receivedAt: NOW,
      events: [
        { type: "pageview", at, url: `${URL}?utm_source=n&utm_medium=email&utm_campaign=${name}` },
        { type: "conversion", at: at + 60_000, url: URL, conversion: order },
      ],
    });
  const messages = [
    ...ORDERS.map(([value, currency], n) =>
      bought("spring", AT + n * 60_000, { value, currency, orderId: `A-${n}` }),
    ),
    bought("home", AT + DAY_MS, { value: "50.00", currency: "EUR", orderId: "H" }),
  ];
  await ingestEvents({ db, clock: deps.clock, sites: new Map() }, messages);
  await rollUpStaleHours({ db });
  return { site, principal, spring, home };
}

const question = (site: TestSite) => ({
  ...range,
  by: "campaign" as const,
  options: DEFAULT_OPTIONS,
  type: null,
  customer: null,
  site: { siteId: site.siteId, publicId: site.publicId, database: "main" },
});

async function overview(site: TestSite, model: (typeof RULES)[number]) {
  const asked = { ...range, compare: "none", lookbackDays: 30, direct: "keep", model } as const;
  return valueOf(await getSiteAnalytics(deps, { ...asked, site: question(site).site }));
}

async function workbench(site: TestSite): Promise<AttributionReady> {
  const answer = valueOf(await getAttribution(deps, question(site)));
  if (answer.status !== "ready") throw new Error("It is still being worked out");
  return answer;
}

function named<T extends { name: string }>(rows: readonly T[], name: string): T {
  const row = rows.find((one) => one.name === name);
  if (!row) throw new Error(`There is no row of ${name}`);
  return row;
}

type Shop = Awaited<ReturnType<typeof shop>>;

async function reportOf({ site, principal }: Shop, more: object): Promise<ReportModel> {
  const asked = { kind: "roi", siteId: site.publicId, ...range, compare: "none", ...more } as const;
  const { id } = valueOf(await createReport(deps, { principal, request: asked }));
  expect(await buildReport(deps, { database: "main", reportId: id })).toEqual({ kind: "built" });
  return valueOf(await getReportModel(deps, { principal, reportId: id }));
}

async function builtRun({ principal }: Shop, id: string) {
  await buildRun(deps, { database: "main", runId: id });
  return valueOf(await getRun(deps, { principal, runId: id }));
}

describe("orders in a currency without a rate", () => {
  it("count on the overview, by day, by channel and by campaign; ratios over revenue are missing where they are", async () => {
    const { site } = await shop();
    for (const model of RULES) {
      const { kpis, days, channels, campaigns, basis } = await overview(site, model);
      // 100 + 50 of EUR; five orders of five visitors, for 120.00 of spend.
      expect(kpis).toMatchObject({ conversions: 5, revenueMinor: 15_000, spendMinor: 12_000, visitors: 5 });
      expect([kpis.cvr.value, kpis.cpa.value]).toEqual([1, 2_400]);
      for (const ratio of [kpis.roas, kpis.roi, kpis.aov, kpis.paybackDays]) expect(ratio).toEqual(NO_RATE);
      const told = days.filter(({ conversions }) => conversions > 0);
      expect(
        told.map(({ conversions, revenueMinor, isRevenueForeign }) => [
          conversions,
          revenueMinor,
          isRevenueForeign,
        ]),
      ).toEqual([
        [4, 10_000, true],
        [1, 5_000, false],
      ]);
      expect(channels).toMatchObject([{ conversions: 5, revenueMinor: 15_000, isRevenueForeign: true }]);
      // Spring: 4 ÷ 4 visitors, 100.00 ÷ 4 orders. Home: 50 ÷ 20.
      const spring = named(campaigns, "spring");
      expect(spring).toMatchObject({ conversions: 4, revenueMinor: 10_000, cpa: { value: 2_500 } });
      expect([spring.roas, spring.roi, spring.paybackDays]).toEqual([NO_RATE, NO_RATE, NO_RATE]);
      const home = named(campaigns, "home");
      expect([home.roas.value, home.roi.value, home.paybackDays.value]).toEqual([2.5, 1.5, 0]);
      expect(basis.otherCurrencies).toEqual([
        { currency: "GBP", revenueMinor: 90_000, conversions: 1 },
        { currency: "USD", revenueMinor: 180_000, conversions: 2 },
      ]);
    }
  });

  it("count in every breakdown of visits, in whose money they are not", async () => {
    const { site } = await shop();
    const asked = { site: siteRef(site), ...range, campaign: null, channel: null, after: null } as const;
    for (const sort of ["visitors", "revenue"] as const) {
      const told = valueOf(await getBreakdown(deps, { ...asked, dimension: "campaign", sort, limit: 50 }));
      expect(told.total).toMatchObject({ conversions: 5, revenueMinor: 15_000 });
      expect(Object.fromEntries(told.items.map((row) => [row.label, row.conversions]))).toEqual({
        home: 1,
        spring: 4,
      });
    }
  });

  it("carry the weight of their count under every model, and no money", async () => {
    const { site } = await shop();
    const answer = await workbench(site);
    expect(answer.totals).toMatchObject({ conversions: 5, revenueMinor: 15_000, isRevenueForeign: true });
    for (const model of MODELS.filter((one) => one !== "markov")) {
      const [spring, home] = [
        named(answer.rows, "spring").credits[model],
        named(answer.rows, "home").credits[model],
      ];
      expect(spring).toMatchObject({ conversions: 4, revenueMinor: 10_000, cpa: { value: 2_500 } });
      expect([spring?.roas, spring?.roi]).toEqual([NO_RATE, NO_RATE]);
      expect([spring?.roasInterval, spring?.roiInterval]).toEqual([null, null]);
      expect(home).toMatchObject({ conversions: 1, revenueMinor: 5_000, roas: { value: 2.5 } });
    }
    // The chain shares out all money at once: of no group is all of it known.
    for (const row of answer.rows) expect(row.credits.markov?.roas).toEqual(NO_RATE);
    const chained = answer.rows.map(({ credits }) => credits.markov?.conversions ?? 0);
    expect(chained.reduce((sum, part) => sum + part, 0)).toBeCloseTo(5, 9);

    const rules = valueOf(
      await getRuleCredit(deps, {
        ...range,
        site: question(site).site,
        lookbackDays: 30,
        direct: "keep",
        by: "campaign",
      }),
    );
    expect(rules.total).toMatchObject({ conversions: 5, revenueMinor: 15_000, isRevenueForeign: true });
    expect(named(rules.rows, "spring").linear).toMatchObject({ conversions: 4, revenueMinor: 10_000 });
    const journeys = valueOf(await getJourneys(deps, question(site)));
    expect(journeys).toMatchObject({ totals: { conversions: 5, revenueMinor: 15_000 } });
  });

  it("stand among the journeys of a figure, in their own currency", async () => {
    const { site, spring } = await shop();
    await workbench(site);
    const group = { kind: "group", key: spring.id } as const;
    const asked = {
      ...question(site),
      model: "linear",
      group,
      order: "value",
      after: null,
      limit: 9,
    } as const;
    const { total, items } = valueOf(await getCreditedJourneys(deps, asked));
    expect(total).toMatchObject({ items: 4, conversions: 4, revenueMinor: 10_000 });
    expect(items.reduce((sum, { credited }) => sum + (credited?.conversions ?? 0), 0)).toBe(4);
    expect(
      items.map(
        ({ valueMinor, withoutRate }) => `${valueMinor} ${withoutRate?.currency} ${withoutRate?.minor}`,
      ),
    ).toEqual(
      expect.arrayContaining(["10000 undefined undefined", "0 USD 90000", "0 USD 90000", "0 GBP 90000"]),
    );
  });

  // Of each way in which credit comes about: kept, from single orders, and of the range as a whole.
  it.each(["last", "position", "markov"] as const satisfies readonly Model[])(
    "are in a report under %s as on the screens",
    async (model) => {
      const told = await reportOf(await shop(), { model });
      const kpi = (key: string) => told.kpis.find((one) => one.key === key);
      expect([kpi("conversions")?.value, kpi("revenue")?.value, kpi("cpa")?.value]).toEqual([
        5, 15_000, 2_400,
      ]);
      for (const key of ["roas", "roi", "aov"])
        expect(kpi(key)).toMatchObject({ ...NO_RATE, interval: null });
      expect(told.headline).toMatchObject({ roas: null, topChannel: { of: "conversions", share: 1 } });
      const [spring, home] = ["spring", "home"].map((name) =>
        rowRatios(named(told.campaigns?.rows ?? [], name)),
      );
      expect(spring?.roas).toBeNull();
      expect(home?.roas ?? null).toBe(model === "markov" ? null : 2.5);
      expect(told.howComputed.unattributedShare).toEqual({ conversions: 0, revenue: null });
      expect(told.howComputed.notes).toContainEqual({
        kind: "left_out",
        currency: "USD",
        revenueMinor: 180_000,
        conversions: 2,
      });
    },
  );

  it("are in a run; with a rate their money is, and the difference is told by the rates", async () => {
    const told = await shop();
    const { site, principal } = told;
    const first = valueOf(
      await createRun(deps, { principal, site: siteRef(site), request: { name: "May", ...range } }),
    );
    const before = await builtRun(told, first.id);
    expect(before.answer?.totals).toMatchObject({ conversions: 5, revenueMinor: 15_000 });

    const rates = [{ currency: "USD", day: DAY, rate: "1.25", source: "ECB" }];
    await upsertRates(db, { accountId: site.accountId, at: new Date(NOW), rates });
    const again = valueOf(await recomputeRun(deps, { principal, runId: first.id, request: {} }));
    const after = await builtRun(told, again.id);
    // USD 1,800 ÷ 1.25 = EUR 1,440.
    expect(after.answer?.totals).toMatchObject({ conversions: 5, revenueMinor: 159_000 });
    const asked = { principal, runId: again.id, withId: null, model: "linear" } as const;
    const { total } = valueOf(await compareRuns(deps, asked));
    expect(total.change).toMatchObject({ conversions: 0, revenueMinor: 144_000 });
    expect(total.reasons.map(({ reason, count }) => [reason, count])).toEqual([["rates", 2]]);
  });
});

it("spend in a currency without a rate is told apart from none, whatever the grouping", async () => {
  const site = await createSite(db, { timeZone: "UTC" });
  const principal = keyPrincipal(site);
  const request = { name: "spring", channel: "email" } as const;
  const { id } = valueOf(await createCampaign(deps, { site: siteRef(site), principal, request }));
  const spentBy = async (by: "campaign" | "channel") => {
    const answer = valueOf(await getAttribution(deps, { ...question(site), by }));
    return answer.status === "ready" ? answer.totals : null;
  };
  for (const by of ["campaign", "channel"] as const)
    expect(await spentBy(by)).toMatchObject({ spendMinor: null, isSpendForeign: false });
  const rows = [{ day: DAY, amountMinor: 10_000, currency: "USD" }];
  await putSpend(deps, { principal, campaignId: id, request: { rows } });
  for (const by of ["campaign", "channel"] as const)
    expect(await spentBy(by)).toMatchObject({ spendMinor: null, isSpendForeign: true });
});
