import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { IngestMessage } from "#contract/ingest-message.ts";
import type { SiteAnalytics } from "#contract/analytics.ts";
import { siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { getCampaignAnalytics } from "#usecases/analytics/get-campaign-analytics.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { getRuleCredit } from "#usecases/attribution/get-rule-credit.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { rematchSources } from "#usecases/sources/rematch-sources.ts";

const ZONE = "Europe/Berlin";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Yesterday at noon: which day an hour lies in must not depend on when the test runs. */
const NOW = Math.floor(Date.now() / DAY) * DAY - 12 * HOUR;
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

const clock = { now: () => new Date(NOW) };
const databases = { named: () => db, names: () => ["main"] };
const deps = { databases, clock };

async function ingest(...messages: IngestMessage[]) {
  await ingestEvents({ db, clock, sites: new Map() }, messages);
}

function refOf(site: TestSite) {
  return { siteId: site.siteId, publicId: site.publicId, database: "main" };
}

const range = { from: siteDay(NOW - 6 * DAY, ZONE), to: siteDay(NOW, ZONE) };
const options = { ...range, compare: "none", lookbackDays: 30, direct: "keep" } as const;

async function siteFigures(site: TestSite, model: "first" | "last" | "linear"): Promise<SiteAnalytics> {
  const figures = await getSiteAnalytics(deps, { ...options, site: refOf(site), model });
  if (!figures.ok) throw new Error(figures.error.kind);
  return figures.value;
}

/** One visitor: a mail, then an ad, then an order; a second one who comes directly and orders; a third only looks. */
async function shopWithThreeVisitors() {
  const site = await createSite(db, { timeZone: ZONE });
  const mail = await createCampaign(db, site, { name: "spring" });
  const ads = await createCampaign(db, site, { name: "brand", channel: "paid-search" });
  const [anna, ben, cleo] = [visitorId(), visitorId(), visitorId()];
  const at = NOW - 2 * DAY;
  const url = "https://shop.example/";
  const body = (visitor: string, events: Parameters<typeof ingestMessage>[0]["events"]) =>
    ingestMessage({ siteId: site.siteId, visitor, receivedAt: NOW, events });
  await ingest(
    body(anna, [
      { type: "pageview", at, url: `${url}?utm_source=news&utm_medium=email&utm_campaign=Spring` },
      {
        type: "pageview",
        at: at + 5 * HOUR,
        url: `${url}?utm_source=google&utm_medium=cpc&utm_campaign=brand`,
      },
      {
        type: "conversion",
        at: at + 5 * HOUR + 60_000,
        url,
        conversion: { value: "100.01", orderId: "A-1" },
      },
    ]),
    body(ben, [
      { type: "pageview", at: at + HOUR, url },
      { type: "conversion", at: at + HOUR + 1_000, url, conversion: { value: "20.00", orderId: "B-1" } },
    ]),
    body(cleo, [{ type: "pageview", at, url, referrer: "https://www.google.com/" }]),
    ingestMessage({
      siteId: site.siteId,
      via: "api",
      receivedAt: NOW,
      events: [{ type: "conversion", at: at + 2 * HOUR, conversion: { value: "7.00", orderId: "POS-1" } }],
    }),
  );
  await db.execute(sql`insert into site.spend (site_id, campaign_id, day, amount_minor, currency, updated_at) values
    (${site.siteId}, ${ads}, ${siteDay(at, ZONE)}, 2500, 'EUR', now())`);
  await rollUpStaleHours({ db });
  return { site, mail, ads };
}

describe("figures of a site", () => {
  it("shares revenue out by each model, and every part adds up to the total", async () => {
    const { site } = await shopWithThreeVisitors();
    const expected = {
      first: { spring: 10_001, brand: 0 },
      last: { spring: 0, brand: 10_001 },
      // 100.01 in two: the odd cent goes to the earlier touch.
      linear: { spring: 5_001, brand: 5_000 },
    };
    for (const model of ["first", "last", "linear"] as const) {
      const figures = await siteFigures(site, model);
      const byName = Object.fromEntries(
        figures.campaigns.map(({ name, revenueMinor }) => [name, revenueMinor]),
      );
      expect(byName).toEqual(expected[model]);
      expect(figures.withoutCampaign).toEqual({
        conversions: 1,
        revenueMinor: 2_000,
        isRevenueForeign: false,
      });
      expect(figures.unattributed).toEqual({ conversions: 1, revenueMinor: 700, isRevenueForeign: false });
      expect(figures.kpis).toMatchObject({
        conversions: 3,
        revenueMinor: 12_701,
        visitors: 3,
        pageviews: 4,
        sessions: 4,
      });
      const parts = [...figures.campaigns, figures.withoutCampaign, figures.unattributed];
      expect(parts.reduce((sum, part) => sum + part.revenueMinor, 0)).toBe(figures.kpis.revenueMinor);
      expect(figures.days.reduce((sum, day) => sum + day.revenueMinor, 0)).toBe(figures.kpis.revenueMinor);
    }
  });

  it("keeps a campaign that cost money and earned nothing, and says why a ratio has no value", async () => {
    const { site } = await shopWithThreeVisitors();
    const { campaigns } = await siteFigures(site, "first");

    expect(campaigns.find(({ name }) => name === "brand")).toMatchObject({
      spendMinor: 2_500,
      revenueMinor: 0,
      roas: { value: 0, reason: null },
      roi: { value: -1, reason: null },
      cpa: { value: null, reason: "no_conversions" },
    });
    expect(campaigns.find(({ name }) => name === "spring")).toMatchObject({
      spendMinor: null,
      roas: { value: null, reason: "no_spend" },
    });
  });

  it("gives a campaign the same figures on its own page as in the site's list", async () => {
    const { site, ads } = await shopWithThreeVisitors();
    const list = (await siteFigures(site, "last")).campaigns.find(({ name }) => name === "brand");
    const page = await getCampaignAnalytics(deps, {
      ...options,
      site: refOf(site),
      model: "last",
      campaignId: ads,
    });

    expect(page.ok && page.value.kpis).toMatchObject({
      visitors: list?.visitors,
      sessions: list?.sessions,
      revenueMinor: 10_001,
      conversions: 1,
      spendMinor: 2_500,
      roas: { value: 10_001 / 2_500, reason: null },
    });
  });

  it("lowers revenue in the period of a refund, by the shares of the conversion, down to exactly nothing", async () => {
    const { site } = await shopWithThreeVisitors();
    const refund = (at: number, value?: string) =>
      ingestMessage({
        siteId: site.siteId,
        via: "api",
        receivedAt: NOW,
        events: [
          { type: "refund", at, refund: { orderId: "A-1", ...(value === undefined ? {} : { value }) } },
        ],
      });
    await ingest(refund(NOW - DAY, "33.33"));
    await rollUpStaleHours({ db });
    const partly = await siteFigures(site, "linear");
    await ingest(refund(NOW - DAY + HOUR));
    await rollUpStaleHours({ db });
    const wholly = await siteFigures(site, "linear");

    expect(partly.kpis).toMatchObject({ revenueMinor: 12_701 - 3_333, refundMinor: 3_333, conversions: 3 });
    expect(partly.days.find(({ day }) => day === siteDay(NOW - DAY, ZONE))?.revenueMinor).toBe(-3_333);
    expect(wholly.kpis).toMatchObject({ revenueMinor: 2_700, refundMinor: 10_001 });
    expect(wholly.campaigns.map(({ revenueMinor }) => revenueMinor)).toEqual([0, 0]);
  });

  it("re-attributes history when a campaign is named late", async () => {
    const { site } = await shopWithThreeVisitors();
    const late = await createCampaign(db, site, {
      name: "Search",
      matchers: [{ kind: "referrer", value: "google.com" }],
    });
    await db.execute(
      sql`update site.sites set matcher_version = matcher_version + 1 where id = ${site.siteId}`,
    );
    await rematchSources({ databases }, { database: "main", siteId: site.siteId });
    await rollUpStaleHours({ db });
    const page = await getCampaignAnalytics(deps, {
      ...options,
      site: refOf(site),
      model: "last",
      campaignId: late,
    });

    expect(page.ok && page.value.kpis).toMatchObject({ visitors: 1, sessions: 1, conversions: 0 });
  });

  it("leaves an archived campaign what was imported under its name, until another one takes the name", async () => {
    const site = await createSite(db, { timeZone: ZONE });
    const archived = await createCampaign(db, site, { name: "Fair stand", channel: "offline", matchers: [] });
    await db.execute(sql`update site.campaigns set archived_at = now() where id = ${archived}`);
    const visit = (campaign: string) =>
      ingestMessage({
        siteId: site.siteId,
        via: "api",
        receivedAt: NOW,
        visitor: visitorId(),
        events: [{ type: "click", at: NOW - HOUR, campaign }],
      });
    const campaignsOf = async () =>
      (await db.execute(sql`select campaign_id from site.sources where site_id = ${site.siteId} order by id`))
        .rows;
    await ingest(visit("fair stand"));
    expect(await campaignsOf()).toEqual([{ campaign_id: archived }]);

    const next = await createCampaign(db, site, { name: "Fair stand", channel: "offline", matchers: [] });
    await ingest(visit("FAIR STAND"));
    expect(await campaignsOf()).toEqual([{ campaign_id: archived }, { campaign_id: next }]);
  });

  it("changes nothing when hours are rolled up a second time", async () => {
    const { site } = await shopWithThreeVisitors();
    const rows = async () =>
      (
        await db.execute(
          sql`select * from site.rollup_hours where site_id = ${site.siteId} order by 2, 3, 4, 5, 6, 7`,
        )
      ).rows;
    const before = await rows();
    await db.execute(sql`insert into site.stale_hours (site_id, bucket, version, marked_at)
      select distinct site_id, bucket, 1, now() from site.rollup_hours where site_id = ${site.siteId}`);
    await rollUpStaleHours({ db });

    expect(before.length).toBeGreaterThan(0);
    expect(await rows()).toEqual(before);
  });

  it("are never as of a time to come, though hours are marked ahead", async () => {
    const { site } = await shopWithThreeVisitors();
    await db.execute(sql`insert into site.stale_hours (site_id, bucket, version, marked_at)
      select distinct site_id, bucket, 1, now() + interval '1 hour' from site.rollup_hours where site_id = ${site.siteId}`);
    const figures = await getSiteAnalytics(deps, { ...options, ...range, site: refOf(site), model: "last" });
    const asOf = figures.ok ? Date.parse(figures.value.basis.asOf) : Infinity;
    expect(asOf).toBeLessThanOrEqual(Date.now());
  });

  it("refuses a range that ends before it begins", async () => {
    const site = await createSite(db);
    const figures = await getSiteAnalytics(deps, {
      ...options,
      from: range.to,
      to: range.from,
      site: refOf(site),
      model: "last",
    });
    expect(figures).toEqual({ ok: false, error: { kind: "invalid_range" } });
  });
});

describe("attribution", () => {
  it("adds up to the same total in every model, by campaign and by channel", async () => {
    const { site } = await shopWithThreeVisitors();
    for (const by of ["campaign", "channel"] as const) {
      const answer = await getRuleCredit(deps, { ...options, site: refOf(site), by });
      if (!answer.ok) throw new Error(answer.error.kind);
      for (const model of ["first", "last", "linear"] as const) {
        const total = answer.value.rows.reduce((sum, row) => sum + row[model].revenueMinor, 0);
        expect(total).toBe(answer.value.total.revenueMinor);
        expect(answer.value.rows.reduce((sum, row) => sum + row[model].conversions, 0)).toBeCloseTo(3, 9);
      }
      expect(answer.value.rows.at(-1)).toMatchObject({ kind: "unattributed", linear: { revenueMinor: 700 } });
    }
  });

  it("credits a promo code of an order that no visitor is known for, and the visit too once its copy arrives", async () => {
    const site = await createSite(db, { timeZone: ZONE });
    const matchers = [{ kind: "promo_code", value: "pod10" }];
    await createCampaign(db, site, { name: "Podcast", channel: "podcast", matchers });
    await createCampaign(db, site, { name: "spring" });
    const at = NOW - DAY;
    const order = { value: "30.00", orderId: "POS-9", promoCode: "POD10" };
    const till = { type: "conversion", at, conversion: order } as const;
    await ingest(ingestMessage({ siteId: site.siteId, via: "api", receivedAt: NOW, events: [till] }));
    const credit = async () => {
      const answer = await getRuleCredit(deps, { ...options, site: refOf(site), by: "campaign" });
      return answer.ok && answer.value.rows.map(({ name, linear }) => [name, linear.revenueMinor]);
    };
    expect(await credit()).toEqual([["Podcast", 3_000]]);

    const url = "https://shop.example/";
    const visit = {
      type: "pageview",
      at: at - HOUR,
      url: `${url}?utm_source=n&utm_medium=email&utm_campaign=spring`,
    } as const;
    const copy = {
      type: "conversion",
      at: at + 1_000,
      url,
      conversion: { value: "30.00", orderId: "POS-9" },
    } as const;
    await ingest(
      ingestMessage({ siteId: site.siteId, visitor: visitorId(), receivedAt: NOW, events: [visit, copy] }),
    );
    expect(await credit()).toEqual([
      ["Podcast", 1_500],
      ["spring", 1_500],
    ]);
  });

  it("gives no credit to a touchpoint before the lookback window, and all to one exactly at its edge", async () => {
    const site = await createSite(db, { timeZone: ZONE });
    await createCampaign(db, site, { name: "spring" });
    const at = NOW - 3 * DAY;
    for (const [visitor, touchedAt] of [
      [visitorId(), at - DAY],
      [visitorId(), at - DAY - 1],
    ] as const) {
      await ingest(
        ingestMessage({
          siteId: site.siteId,
          via: "api",
          receivedAt: NOW,
          visitor,
          events: [
            { type: "click", at: touchedAt, campaign: "Spring" },
            { type: "conversion", at, conversion: { value: "10.00" } },
          ],
        }),
      );
    }
    const answer = await getRuleCredit(deps, {
      ...options,
      lookbackDays: 1,
      site: refOf(site),
      by: "campaign",
    });

    expect(answer.ok && answer.value.rows.map(({ name, last }) => [name, last])).toEqual([
      ["spring", { conversions: 1, revenueMinor: 1_000, isRevenueForeign: false }],
      ["(unattributed)", { conversions: 1, revenueMinor: 1_000, isRevenueForeign: false }],
    ]);
  });
});
