// @module-tag long
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { accountDeps, type TestDeps } from "#tests/usecases/accounts/account-deps.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { findSite } from "#usecases/sites/find-site.ts";
import { rebuildZones } from "#usecases/sites/rebuild-zones.ts";
import { updateSite } from "#usecases/sites/update-site.ts";

const DAY = 86_400_000;
const NOW = Date.now();
/** Two weeks, which are several parts, up to the day of the test's clock. New York's clock shifts within. */
const FIRST = Date.parse("2026-02-24T00:10:00Z");
const COUNT = 60;

let db: Database;
let deps: TestDeps;
beforeAll(async () => {
  ({ db } = await createDatabase());
  deps = accountDeps(db);
});

/** Visits five hours and some minutes apart, each a visitor's own, every third one buying; and one of long before. */
async function fill(site: TestSite): Promise<void> {
  const times = Array.from({ length: COUNT }, (_, i) =>
    i === 0 ? FIRST - 90 * DAY : FIRST + i * (5 * 3_600_000 + 13 * 60_000),
  );
  const events = times.flatMap((at, i) => [
    {
      id: eventId(NOW - DAY),
      type: "pageview" as const,
      at,
      url: "https://shop.example/",
      visitor: visitorOf(i),
    },
    ...(i % 3 === 0
      ? [{ id: eventId(NOW - DAY), type: "conversion" as const, at, conversion: { value: "1.00" } }]
      : []),
  ]);
  const body = ingestMessage({ siteId: site.siteId, via: "api", receivedAt: NOW, events });
  await ingestEvents({ db, clock: deps.clock, sites: new Map() }, [body]);
  await rollUpStaleHours({ db });
}

const visitors = Array.from({ length: COUNT }, visitorId);
function visitorOf(index: number): string {
  return visitors[index] ?? "";
}

async function change(site: TestSite, request: { timeZone?: string; currency?: string }): Promise<void> {
  const principal = { kind: "key", accountId: site.accountId, database: "main", apiKeyId: 0 } as Principal & {
    kind: "key";
  };
  const found = await findSite(deps, principal, site.publicId);
  if (!found) throw new Error("no site");
  const changed = await updateSite(deps, { principal: { ...principal }, site: found, request });
  if (!changed.ok) throw new Error(changed.error.kind);
}

async function rows(site: TestSite) {
  const answer = await db.execute(sql`
    select bucket, scope, scope_key, dimension, value, currency, impressions, clicks, pageviews, sessions, visitors,
      conversions, revenue_minor, refund_minor
    from site.rollup_hours where site_id = ${site.siteId} order by 1, 2, 3, 4, 5, 6`);
  return answer.rows;
}

async function finish(site: TestSite): Promise<void> {
  for (let run = 1; run < 20; run += 1) {
    await rebuildZones(deps);
    await rollUpStaleHours({ db });
    const left = await db.execute(sql`select from site.zone_rebuilds where site_id = ${site.siteId}`);
    if (left.rows.length === 0) return;
  }
  throw new Error("the rebuild never ends");
}

describe("a site whose zone has changed", () => {
  test.each([
    ["Asia/Kathmandu", "Europe/Berlin"],
    ["Australia/Lord_Howe", "Asia/Kathmandu"],
    ["Europe/Berlin", "America/New_York"],
  ])(
    "from %s to %s ends as one that always had it, in parts, and if it changes again on the way",
    async (from, to) => {
      const [site, twin] = [await createSite(db, { timeZone: from }), await createSite(db, { timeZone: to })];
      await fill(site);
      await fill(twin);

      await change(site, { timeZone: "Asia/Kolkata" });
      await rebuildZones(deps);
      await change(site, { timeZone: to });
      await Promise.all([rebuildZones(deps), rebuildZones(deps), rollUpStaleHours({ db })]);
      await finish(site);

      expect(await rows(site)).toEqual(await rows(twin));
    },
  );

  test("has its latest week marked at once, and no more of it in one transaction", async () => {
    const site = await createSite(db);
    await fill(site);
    await change(site, { timeZone: "Asia/Kolkata" });
    const { rows: marks } = await db.execute<{ days: number }>(sql`
      select extract(epoch from max(bucket) - min(bucket))::int / 86400 as days from site.stale_hours
      where site_id = ${site.siteId}`);
    expect(marks[0]?.days).toBeGreaterThanOrEqual(6);
    expect(marks[0]?.days).toBeLessThanOrEqual(7);
  });

  test("that is sealed while its hours are still being cut anew loses none of them", async () => {
    const site = await createSite(db);
    await fill(site);
    const before = await rows(site);
    await change(site, { timeZone: "Asia/Kolkata" });
    const seal = Date.parse("2026-02-27T00:00:00+05:30");
    await db.execute(sql`update site.sites set sealed_before = to_timestamp(${seal / 1000}),
      raw_since = to_timestamp(${seal / 1000}) where id = ${site.siteId}`);
    await finish(site);
    const sealed = before.filter((row) => Date.parse(String(row["bucket"])) < seal);
    expect(sealed.length).toBeGreaterThan(10);
    expect(await rows(site)).toEqual(expect.arrayContaining(sealed));
  });

  test("keeps what is sealed, and counts every visit exactly once across the seal", async () => {
    const site = await createSite(db, { timeZone: "Europe/Berlin" });
    await fill(site);
    // At the seal's very border, in the half hour that belongs to both zones' hours.
    const seal = Date.parse("2026-03-03T00:00:00+01:00");
    const border = [-20, -40, 10, 50].map((minutes) => ({
      id: eventId(NOW - DAY),
      type: "pageview" as const,
      at: seal + minutes * 60_000,
      url: "https://shop.example/",
    }));
    const body = ingestMessage({
      siteId: site.siteId,
      via: "api",
      visitor: visitorId(),
      receivedAt: NOW,
      events: border,
    });
    await ingestEvents({ db, clock: deps.clock, sites: new Map() }, [body]);
    await rollUpStaleHours({ db });
    const at = new Date(seal).toISOString();
    await db.execute(sql`update site.sites set sealed_before = ${at}::timestamptz, raw_since = ${at}::timestamptz,
        raw_day = '2026-03-03'
      where id = ${site.siteId}`);
    await db.execute(
      sql`delete from site.events where site_id = ${site.siteId} and occurred_at < ${at}::timestamptz`,
    );
    const sealed = (await rows(site)).filter((row) => Date.parse(String(row["bucket"])) < seal);
    const sums = async () => {
      const { rows: found } = await db.execute(sql`
        select sum(pageviews)::int as pageviews, sum(conversions)::int as conversions, sum(revenue_minor)::int as revenue
        from site.rollup_hours where site_id = ${site.siteId} and scope = 'site'`);
      const days = await db.execute(sql`
        select sum(v)::int as pageviews from site.rollup_periods p, unnest(p.pageviews) v
        where site_id = ${site.siteId} and span = 'day' and scope = 'site' and dimension = 'all' and currency = ''`);
      expect(days.rows).toEqual([{ pageviews: COUNT + 4 }]);
      return found[0];
    };
    const before = await sums();
    expect(before).toEqual({ pageviews: COUNT + 4, conversions: 20, revenue: 2_000 });

    for (const timeZone of ["Asia/Kolkata", "America/New_York", "Asia/Kathmandu", "Europe/Berlin"]) {
      await change(site, { timeZone });
      await finish(site);
      expect(await sums()).toEqual(before);
      const kept = await rows(site);
      expect(kept).toEqual(expect.arrayContaining(sealed));
      const border = await db.execute(
        sql`select raw_day::text as day from site.sites where id = ${site.siteId}`,
      );
      expect(border.rows).toEqual([{ day: "2026-03-03" }]);
    }
  });
});

describe("a site whose currency has changed", () => {
  test("keeps money in the currency it came in; what comes without one from now on has the new one", async () => {
    const site = await createSite(db, { timeZone: "UTC", currency: "EUR" });
    const sale = async (value: string, currency?: string) => {
      const at = NOW - DAY;
      const conversion = currency === undefined ? { value } : { value, currency };
      const event = { type: "conversion" as const, at, conversion };
      await ingestEvents({ db, clock: deps.clock, sites: new Map() }, [
        ingestMessage({ siteId: site.siteId, visitor: visitorId(), receivedAt: at, events: [event] }),
      ]);
    };
    await sale("10.00");
    await sale("7.00", "USD");
    await rollUpStaleHours({ db });
    await change(site, { currency: "USD" });
    await sale("5.00");
    await rollUpStaleHours({ db });

    const { rows: rolled } = await db.execute(sql`
      select currency, sum(revenue_minor)::int as revenue from site.rollup_hours
      where site_id = ${site.siteId} and scope = 'site' and currency <> '' group by 1 order by 1`);
    expect(rolled).toEqual([
      { currency: "EUR", revenue: 1_000 },
      { currency: "USD", revenue: 1_200 },
    ]);
    const day = new Date(NOW - DAY).toISOString().slice(0, 10);
    const answer = await getSiteAnalytics(deps, {
      site: { siteId: site.siteId, publicId: site.publicId, database: "main" },
      from: day,
      to: day,
      compare: "none",
      model: "last",
      lookbackDays: 30,
      direct: "keep",
    });
    if (!answer.ok) throw new Error(answer.error.kind);
    expect(answer.value.kpis.revenueMinor).toBe(1_200);
    expect(answer.value.basis).toMatchObject({
      currency: "USD",
      otherCurrencies: [{ currency: "EUR", revenueMinor: 1_000 }],
    });
  });
});
