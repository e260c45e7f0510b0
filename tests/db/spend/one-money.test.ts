// @module-tag long
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import type { AttributionReady } from "#contract/attribution.ts";
import type { CreditedItem, GroupKind } from "#contract/glass-box.ts";
import { MODELS, sumsToTotal, type Model } from "#core/attribution/models.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { upsertRates } from "#db/queries/spend/rate-rows.ts";
import { keyPrincipal, siteRef, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
import { reportDeps } from "#tests/db/reports/report-deps.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { getCampaignAnalytics } from "#usecases/analytics/get-campaign-analytics.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { getAttribution } from "#usecases/attribution/get-attribution.ts";
import { getCreditedJourneys } from "#usecases/attribution/get-credited-journeys.ts";
import { getJourneys } from "#usecases/attribution/get-journeys.ts";
import { createCampaign } from "#usecases/campaigns/create-campaign.ts";
import { putSpend } from "#usecases/campaigns/put-spend.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { buildRun } from "#usecases/runs/build-run.ts";
import { recomputeRun } from "#usecases/runs/change-run.ts";
import { compareRuns } from "#usecases/runs/compare-runs.ts";
import { createRun } from "#usecases/runs/create-run.ts";
import { getRun } from "#usecases/runs/get-run.ts";
import { writeDeal } from "#usecases/spend/write-deal.ts";

const ZONE = "Europe/Berlin";
const HOUR = 3_600_000;
const DAY_MS = 24 * HOUR;
const NOW = Math.floor(Date.now() / DAY_MS) * DAY_MS - 12 * HOUR;
const AT = NOW - 3 * DAY_MS;
const DAY = siteDay(AT, ZONE);
const URL = "https://shop.example/";
const range = { from: addDays(DAY, -3), to: siteDay(NOW, ZONE) };
const RULES = ["first", "last", "linear"] as const;

let db: Database;
let deps: ReturnType<typeof reportDeps>;
beforeAll(async () => {
  ({ db } = await createDatabase());
  deps = reportDeps(db);
  deps.setNow(new Date(NOW).toISOString());
});

const tagged = (name: string) => `${URL}?utm_source=n&utm_medium=email&utm_campaign=${name}`;
const PAID = ["USD", "EUR", "USD", "GBP"] as const;

/** Twenty orders over two days: of USD by odd cents, of EUR, and of GBP, which has no rate; two of them given back in part. */
async function shop() {
  const site = await createSite(db, { timeZone: ZONE });
  const principal = keyPrincipal(site);
  const campaign = async (name: string) =>
    valueOf(
      await createCampaign(deps, { site: siteRef(site), principal, request: { name, channel: "email" } }),
    );
  const campaigns = [await campaign("spring"), await campaign("brand"), await campaign("idle")] as const;
  const messages = Array.from({ length: 20 }, (_, n) => {
    const at = AT + (n % 2) * DAY_MS + n * 60_000;
    const touches = n % 5 === 4 ? [] : ["spring", "brand", "spring"].slice(0, 1 + (n % 3));
    const order = { value: `${7 + n}.0${(n % 9) + 1}`, currency: PAID[n % 4], orderId: `A-${n}` };
    return ingestMessage({
      siteId: site.siteId,
      visitor: visitorId(),
      receivedAt: NOW,
      events: [
        ...touches.map((name, i) => ({
          type: "pageview" as const,
          at: at - 3 * HOUR + i * HOUR,
          url: tagged(name),
        })),
        { type: "conversion", at, url: URL, conversion: order },
      ],
    });
  });
  const refund = (orderId: string, value: string, at: number) =>
    ({ type: "refund", at, refund: { orderId, value } }) as const;
  const till = ingestMessage({
    siteId: site.siteId,
    via: "api",
    receivedAt: NOW,
    events: [
      refund("A-0", "2.01", AT + DAY_MS),
      refund("A-2", "3.33", AT + 4 * HOUR),
      refund("A-2", "5.70", AT + 2 * DAY_MS),
    ],
  });
  await ingestEvents({ db, clock: deps.clock, sites: new Map() }, [...messages, till]);
  await rollUpStaleHours({ db });
  const [spring, brand, idle] = campaigns;
  const target = { principal, campaignId: spring.id, dealId: null };
  await writeDeal(deps, { ...target, request: { kind: "cpa", amountMinor: 133, startsOn: DAY } });
  await writeDeal(deps, {
    ...target,
    request: { kind: "revenue_share", sharePercent: 12.5, currency: "USD", startsOn: DAY },
  });
  const rows = [
    { day: DAY, amountMinor: 1_001, currency: "USD" },
    { day: DAY, amountMinor: 250, source: "google" },
  ];
  await putSpend(deps, { principal, campaignId: brand.id, request: { rows } });
  const nothing = { rows: [{ day: DAY, amountMinor: 0 }] };
  await putSpend(deps, { principal, campaignId: idle.id, request: nothing });
  return { site, principal, campaigns };
}

async function rate(site: TestSite, value: string, day = addDays(DAY, -1)) {
  const rates = [{ currency: "USD", day, rate: value, source: "ECB" }];
  await upsertRates(db, { accountId: site.accountId, at: new Date(NOW), rates });
}

const question = (site: TestSite) => ({
  ...range,
  by: "campaign" as const,
  options: DEFAULT_OPTIONS,
  type: null,
  customer: null,
  site: { siteId: site.siteId, publicId: site.publicId, database: "main" },
});

async function workbench(site: TestSite, given: { type?: string } = {}): Promise<AttributionReady> {
  const answer = valueOf(await getAttribution(deps, { ...question(site), ...given }));
  if (answer.status !== "ready") throw new Error("It is still being worked out");
  return answer;
}

async function overview(site: TestSite, model: (typeof RULES)[number]) {
  const asked = { ...range, compare: "none", lookbackDays: 30, direct: "keep", model } as const;
  return valueOf(await getSiteAnalytics(deps, { ...asked, site: question(site).site }));
}

function find<T extends { name: string }>(rows: readonly T[], name: string): T {
  const row = rows.find((one) => one.name === name);
  if (!row) throw new Error(`There is no row of ${name}`);
  return row;
}

const creditOf = ({ credits }: AttributionReady["rows"][number], model: Model) =>
  credits[model] ?? { conversions: 0, revenueMinor: 0 };

/** The KPIs of a campaign's own page. */
async function ownPage(
  site: TestSite,
  { model, publicId }: { model: (typeof RULES)[number]; publicId: string },
) {
  const { rows } = await db.execute<{ id: number }>(
    sql`select id from site.campaigns where public_id = ${publicId}`,
  );
  const asked = { ...range, compare: "none", lookbackDays: 30, direct: "keep", model } as const;
  const campaignId = rows[0]?.id ?? 0;
  return valueOf(await getCampaignAnalytics(deps, { ...asked, site: question(site).site, campaignId })).kpis;
}

/** Everything that a row's figure is made of. */
async function opened(
  site: TestSite,
  { model, row }: { model: Model; row: AttributionReady["rows"][number] },
) {
  const group = { kind: row.kind as GroupKind, key: row.key };
  const asked = { ...question(site), model, group, order: "value", after: null, limit: 100 } as const;
  return valueOf(await getCreditedJourneys(deps, asked));
}

const creditedMinor = ({ credited }: CreditedItem) => credited?.revenueMinor ?? 0;

const touchesMinor = ({ touchpoints }: CreditedItem) =>
  touchpoints
    .filter(({ isOfGroup }) => isOfGroup)
    .reduce((sum, { credit }) => sum + (credit?.revenueMinor ?? 0), 0);

const revenueOf = ({ rows }: AttributionReady, model: Model) =>
  rows.reduce((sum, row) => sum + (row.credits[model]?.revenueMinor ?? 0), 0);

describe("money in several currencies", () => {
  it("is the same on the overview, on a campaign's page and in the workbench, whatever the model", async () => {
    const { site, campaigns } = await shop();
    await rate(site, "1.0843");
    const answer = await workbench(site);
    for (const model of RULES) {
      const { kpis, basis, campaigns: rows } = await overview(site, model);
      expect(kpis.revenueMinor).toBeGreaterThan(10_000);
      expect(answer.totals).toMatchObject({
        conversions: kpis.conversions,
        revenueMinor: kpis.revenueMinor,
        spendMinor: kpis.spendMinor,
      });
      expect(answer.basis).toMatchObject({
        dataVersion: basis.dataVersion,
        convertedCurrencies: ["USD"],
        otherCurrencies: basis.otherCurrencies,
      });
      expect(basis.otherCurrencies).toMatchObject([{ currency: "GBP", conversions: 5 }]);
      for (const { id, name } of campaigns) {
        const shown = find(rows, name);
        const worked = find(answer.rows, name);
        expect(worked.spendMinor).toBe(shown.spendMinor);
        const credit = creditOf(worked, model);
        expect([model, worked.credits[model]?.isRevenueForeign]).toEqual([model, shown.isRevenueForeign]);
        expect(worked.credits[model]?.roas.reason).toBe(shown.roas.reason);
        expect(credit.conversions).toBeCloseTo(shown.conversions, 9);
        // The day's total is split over its groups there and over its orders here: a cent a day and currency may lie elsewhere.
        expect(Math.abs(credit.revenueMinor - shown.revenueMinor)).toBeLessThanOrEqual(3);
        const own = await ownPage(site, { model, publicId: id });
        expect([own.revenueMinor, own.spendMinor]).toEqual([shown.revenueMinor, shown.spendMinor]);
      }
    }
    // A row that says 0 is 0, and not nothing (it earned nothing either).
    expect(find(answer.rows, "idle").spendMinor).toBe(0);
    for (const model of MODELS.filter(sumsToTotal))
      expect([model, revenueOf(answer, model)]).toEqual([model, answer.totals.revenueMinor]);
    const journeys = valueOf(await getJourneys(deps, question(site)));
    expect(journeys).toMatchObject({
      basis: { convertedCurrencies: ["USD"] },
      totals: { revenueMinor: answer.totals.revenueMinor, conversions: answer.totals.conversions },
    });
  });

  it("opens into journeys whose shares add up to the figure, refunds down to nothing", async () => {
    const { site } = await shop();
    await rate(site, "1.0843");
    const answer = await workbench(site);
    const rows = answer.rows.filter(({ kind }) => kind !== "other");
    expect(rows.map(({ kind }) => kind)).toContain("unattributed");
    for (const model of MODELS.filter((name) => name !== "markov")) {
      for (const row of rows) {
        const { total, items } = await opened(site, { model, row });
        const { revenueMinor } = creditOf(row, model);
        expect(total?.revenueMinor).toBe(revenueMinor);
        expect(items.reduce((sum, item) => sum + creditedMinor(item), 0)).toBe(revenueMinor);
        const ofTouches = row.kind === "unattributed" ? [] : items;
        expect(ofTouches.map(touchesMinor)).toEqual(ofTouches.map(creditedMinor));
      }
    }
  });

  it("adds up over types of conversions: a filter does not change what an order is worth", async () => {
    const { site } = await shop();
    await rate(site, "1.0843");
    await db.execute(sql`update site.conversions set type = case when order_id in ('A-0', 'A-1', 'A-6', 'A-7')
      then 'lead' else 'purchase' end where site_id = ${site.siteId}`);
    const [all, leads, purchases] = [
      await workbench(site),
      await workbench(site, { type: "lead" }),
      await workbench(site, { type: "purchase" }),
    ];
    expect(leads.totals.revenueMinor).toBeGreaterThan(0);
    expect(leads.totals.revenueMinor + purchases.totals.revenueMinor).toBe(all.totals.revenueMinor);
  });

  it("counts without a rate, is in no amount, and in the kept answer's place as soon as there is one", async () => {
    const { site } = await shop();
    const before = await workbench(site);
    expect(before.totals).toMatchObject({ conversions: 20, isRevenueForeign: true, spendMinor: null });
    expect(before.basis.convertedCurrencies).toEqual([]);
    expect(before.basis.otherCurrencies.map(({ currency }) => currency)).toEqual(["GBP", "USD"]);
    await rate(site, "1.0843");
    const after = await workbench(site);
    expect(after.totals).toMatchObject({ conversions: 20, isRevenueForeign: true });
    expect(after.totals.revenueMinor).toBeGreaterThan(before.totals.revenueMinor);
    expect(after.totals.revenueMinor).toBe((await overview(site, "last")).kpis.revenueMinor);
    await rate(site, "1.5");
    expect((await workbench(site)).totals.revenueMinor).toBe(
      (await overview(site, "last")).kpis.revenueMinor,
    );
    expect((await workbench(site)).totals.revenueMinor).toBeLessThan(after.totals.revenueMinor);
  });

  it("stays as it was in a run; worked out anew, the difference is told by the rates", async () => {
    const { site, principal } = await shop();
    await rate(site, "1.0843");
    const first = await workbench(site);
    const runOf = async (id: string) => {
      await buildRun(deps, { database: "main", runId: id });
      return valueOf(await getRun(deps, { principal, runId: id }));
    };
    const ordered = valueOf(
      await createRun(deps, { principal, site: siteRef(site), request: { name: "May", ...range } }),
    );
    const run = await runOf(ordered.id);
    expect(run.answer).toMatchObject({ totals: first.totals, rows: first.rows });
    expect(run.rates).toContainEqual({ day: DAY, currency: "USD", rate: "1.0843" });

    await rate(site, "1.25");
    expect(valueOf(await getRun(deps, { principal, runId: run.id }))).toEqual(run);
    const again = valueOf(await recomputeRun(deps, { principal, runId: run.id, request: {} }));
    const second = await runOf(again.id);
    expect(second.answer?.totals).toEqual((await workbench(site)).totals);
    for (const model of ["linear", "time_decay", "shapley"] as const) {
      const { total, groups } = valueOf(
        await compareRuns(deps, { principal, runId: again.id, withId: null, model }),
      );
      expect(total.before.revenueMinor).toBe(first.totals.revenueMinor);
      expect(total.after.revenueMinor).toBe(second.answer?.totals.revenueMinor);
      expect(total.change.revenueMinor).toBeLessThan(0);
      const reasons = new Set(groups.flatMap((group) => group.reasons.map(({ reason }) => reason)));
      expect([...reasons].filter((reason) => reason !== "spend")).toEqual(["rates"]);
      for (const part of [total, ...groups]) {
        const sum = (of: "revenueMinor" | "spendMinor") =>
          part.reasons.reduce((all, reason) => all + reason[of], 0);
        expect([sum("revenueMinor"), sum("spendMinor")]).toEqual([
          part.change.revenueMinor,
          part.change.spendMinor,
        ]);
      }
    }
  });
});
