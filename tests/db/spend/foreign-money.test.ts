import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { SiteAnalytics } from "#contract/analytics.ts";
import type { Dimension } from "#core/rollup/dimensions.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { SHARED_RATES, upsertRates } from "#db/queries/spend/rate-rows.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { siteRef, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
import { getBreakdown } from "#usecases/analytics/get-breakdown.ts";
import { getCampaignAnalytics } from "#usecases/analytics/get-campaign-analytics.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";

const ZONE = "Europe/Berlin";
const HOUR = 3_600_000;
const DAY_MS = 24 * HOUR;
const NOW = Math.floor(Date.now() / DAY_MS) * DAY_MS - 12 * HOUR;
const AT = NOW - 2 * DAY_MS;
const DAY = siteDay(AT, ZONE);
const URL = "https://shop.example/";
const range = { from: addDays(DAY, -3), to: siteDay(NOW, ZONE) };
const options = { ...range, compare: "none", lookbackDays: 30, direct: "keep" } as const;
const clock = { now: () => new Date(NOW) };

let db: Database;
let deps: { databases: { named: () => Database; names: () => string[] }; clock: typeof clock };
beforeAll(async () => {
  ({ db } = await createDatabase());
  deps = { databases: { named: () => db, names: () => ["main"] }, clock };
});

/** Orders of USD 10.01 from two visitors: one by mail, one by mail and then an ad; GBP 5.00 without a touch. */
async function shop() {
  const site = await createSite(db, { timeZone: ZONE });
  const mail = await createCampaign(db, site, { name: "spring" });
  const ads = await createCampaign(db, site, { name: "brand", channel: "paid-search" });
  const tagged = (source: string, medium: string, campaign: string) =>
    `${URL}?utm_source=${source}&utm_medium=${medium}&utm_campaign=${campaign}`;
  const order = (orderId: string) => ({ value: "10.01", currency: "USD", orderId });
  const messages = [0, 1].map((n) =>
    ingestMessage({
      siteId: site.siteId,
      visitor: visitorId(),
      receivedAt: NOW,
      events: [
        { type: "pageview", at: AT, url: tagged("news", "email", "spring") },
        ...(n === 1
          ? [{ type: "pageview", at: AT + HOUR, url: tagged("google", "cpc", "brand") } as const]
          : []),
        { type: "conversion", at: AT + n * HOUR + 60_000, url: URL, conversion: order(`A-${n}`) },
      ],
    }),
  );
  const till = ingestMessage({
    siteId: site.siteId,
    via: "api",
    receivedAt: NOW,
    events: [{ type: "conversion", at: AT, conversion: { value: "5.00", currency: "GBP", orderId: "P" } }],
  });
  await ingestEvents({ db, clock, sites: new Map() }, [...messages, till]);
  await db.execute(sql`insert into site.spend (site_id, campaign_id, day, amount_minor, currency, updated_at) values
    (${site.siteId}, ${ads}, ${DAY}, 500, 'USD', now()), (${site.siteId}, ${mail}, ${DAY}, 100, 'EUR', now())`);
  await rollUpStaleHours({ db });
  return { site, mail, ads };
}

const refOf = (site: TestSite) => ({ siteId: site.siteId, publicId: site.publicId, database: "main" });

async function figuresOf(
  site: TestSite,
  model: "first" | "last" | "linear" = "last",
): Promise<SiteAnalytics> {
  const figures = await getSiteAnalytics(deps, { ...options, site: refOf(site), model });
  if (!figures.ok) throw new Error(figures.error.kind);
  return figures.value;
}

type Written = { accountId: number; currency?: string; day?: string };

async function rate(value: string, { accountId, currency = "USD", day = DAY }: Written) {
  const rates = [{ currency, day, rate: value, source: "ECB" }];
  return await upsertRates(db, { accountId, at: new Date(), rates });
}

describe("money in other currencies", () => {
  it("counts without a rate, is in no amount, and says so", async () => {
    const { site } = await shop();
    const { kpis, basis } = await figuresOf(site);
    expect(kpis).toMatchObject({ conversions: 3, revenueMinor: 0, spendMinor: null });
    for (const ratio of [kpis.roas, kpis.roi, kpis.aov, kpis.paybackDays])
      expect(ratio).toEqual({ value: null, reason: "currency_mismatch" });
    expect(basis.convertedCurrencies).toEqual([]);
    expect(basis.otherCurrencies).toEqual([
      { currency: "GBP", revenueMinor: 500, conversions: 1 },
      { currency: "USD", revenueMinor: 2_002, conversions: 2 },
    ]);
  });

  it("is converted by its day's rate, the day's total first: all screens and parts add up to the cent", async () => {
    const { site, mail, ads } = await shop();
    await rate("1.0843", { ...site, day: addDays(DAY, -2) });
    // USD 20.02 / 1.0843 = 18.4635… EUR; USD 5.00 = 4.6113… EUR. Each order alone would be 9.23 + 9.23 = 18.46 as well.
    for (const model of ["first", "last", "linear"] as const) {
      const figures = await figuresOf(site, model);
      expect(figures.kpis).toMatchObject({ conversions: 3, revenueMinor: 1_846, spendMinor: 561 });
      // The order in GBP has no rate, and no campaign: theirs have their ratios, the whole has none.
      expect(figures.kpis.roas).toEqual({ value: null, reason: "currency_mismatch" });
      for (const row of figures.campaigns)
        expect(row.roas.value).toBeCloseTo(row.revenueMinor / (row.spendMinor ?? 0), 12);
      expect(figures.days.reduce((sum, day) => sum + day.revenueMinor, 0)).toBe(1_846);
      expect(figures.days.find(({ day }) => day === DAY)?.spendMinor).toBe(561);
      expect(figures.channels.reduce((sum, row) => sum + row.revenueMinor, 0)).toBe(1_846);
      const parts = [...figures.campaigns, figures.withoutCampaign, figures.unattributed];
      expect(parts.reduce((sum, part) => sum + part.revenueMinor, 0)).toBe(1_846);
      for (const campaignId of [mail, ads]) {
        const own = await getCampaignAnalytics(deps, { ...options, site: refOf(site), model, campaignId });
        const row = figures.campaigns.find(
          (campaign) => own.ok && campaign.campaignId === own.value.campaignId,
        );
        expect(
          own.ok && [own.value.kpis.revenueMinor, own.value.kpis.spendMinor, own.value.kpis.roi],
        ).toEqual([row?.revenueMinor, row?.spendMinor, row?.roi]);
      }
    }
    const linear = await figuresOf(site, "linear");
    // USD 15.02 and 5.00 are 13.852… and 4.611… EUR: 13 85 + 4 61 = 18.46.
    expect(Object.fromEntries(linear.campaigns.map((row) => [row.name, row.revenueMinor]))).toEqual({
      spring: 1_385,
      brand: 461,
    });
    expect(linear.basis).toMatchObject({
      convertedCurrencies: ["USD"],
      otherCurrencies: [{ currency: "GBP", revenueMinor: 500, conversions: 1 }],
    });
  });

  it("is in every breakdown of visits as well, whose rows add up to the same total", async () => {
    const { site } = await shop();
    const asked = {
      site: siteRef(site),
      ...range,
      campaign: null,
      channel: null,
      limit: 50,
      after: null,
    } as const;
    const breakdown = async (dimension: Dimension) =>
      valueOf(await getBreakdown(deps, { ...asked, dimension, sort: "revenue" }));
    expect((await breakdown("utm_source")).total).toMatchObject({ conversions: 3, revenueMinor: 0 });
    await rate("1.0843", site);
    for (const dimension of ["utm_source", "campaign", "channel", "country"] as const) {
      const { items, total } = await breakdown(dimension);
      expect(total).toMatchObject({ conversions: 3, revenueMinor: 1_846 });
      expect(items.reduce((sum, row) => sum + row.conversions, 0)).toBe(3);
      expect(items.reduce((sum, row) => sum + row.revenueMinor, 0)).toBe(1_846);
    }
    await rate("2", site);
    // Two orders of USD 10.01 are 5.005 EUR each and 10.01 in all: the odd cent to what sorts first.
    const { items } = await breakdown("utm_source");
    expect(items.map(({ label, revenueMinor }) => [label, revenueMinor]).slice(0, 2)).toEqual([
      ["google", 501],
      ["news", 500],
    ]);
  });

  it("is converted again when a rate changes, under a new data version; the same rate again changes nothing", async () => {
    const { site } = await shop();
    expect(await rate("1.25", site)).toBe(1);
    const before = await figuresOf(site);
    expect(before.kpis.revenueMinor).toBe(1_602);
    expect(await rate("1.2500", site)).toBe(0);
    expect((await figuresOf(site)).basis.dataVersion).toBe(before.basis.dataVersion);

    expect(await rate("1.30", site)).toBe(1);
    const after = await figuresOf(site);
    expect(after.kpis.revenueMinor).toBe(1_540);
    expect(after.basis.dataVersion).not.toBe(before.basis.dataVersion);
    // A rate of another year is another month's version.
    await rate("1.10", { ...site, day: "2020-01-02" });
    expect((await figuresOf(site)).basis.dataVersion).toBe(after.basis.dataVersion);
  });

  it("never takes another account's rate; the shared one only where it has none of its own", async () => {
    const { site } = await shop();
    const other = await createSite(db);
    await rate("2", other);
    expect((await figuresOf(site)).kpis.revenueMinor).toBe(0);
    await rate("1.25", { accountId: SHARED_RATES });
    expect((await figuresOf(site)).kpis.revenueMinor).toBe(1_602);
    await rate("2", site);
    expect((await figuresOf(site)).kpis.revenueMinor).toBe(1_001);
  });
});
