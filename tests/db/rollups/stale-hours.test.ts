import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import { siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { listStaleHours } from "#db/queries/rollups/list-stale-hours.ts";
import { rollUpHours } from "#db/queries/rollups/roll-up-hours.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpAllDatabases } from "#usecases/rollups/roll-up-all-databases.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";

const HOUR = 3_600_000;
const NOW = Math.floor(Date.now() / HOUR) * HOUR;
const LARGEST = "90071992547409.91";
let test: TestDatabase;
let db: Database;

beforeAll(async () => {
  test = await createDatabase();
  ({ db } = test);
});

beforeEach(async () => {
  await rollUpStaleHours({ db });
});

const clock = { now: () => new Date(NOW) };
const views = (count: number, at = NOW - HOUR) =>
  Array.from({ length: count }, () => ({ type: "pageview" as const, at, url: "https://shop.example/" }));

async function ingest(site: TestSite, events: Parameters<typeof ingestMessage>[0]["events"]) {
  const body = ingestMessage({ siteId: site.siteId, visitor: visitorId(), receivedAt: NOW, events });
  await ingestEvents({ db, clock, sites: new Map() }, [body]);
}

async function rolledPageviews(site: TestSite, into: Database = db): Promise<number | undefined> {
  const { rows } = await into.execute<{ n: number }>(sql`
    select coalesce(sum(pageviews), 0)::int as n from site.rollup_hours
    where site_id = ${site.siteId} and scope = 'site' and dimension = 'all'`);
  return rows[0]?.n;
}

async function staleCount(site: TestSite): Promise<number | undefined> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from site.stale_hours where site_id = ${site.siteId}`,
  );
  return rows[0]?.n;
}

describe("sums beyond what a bigint holds", () => {
  it("neither stop the rollup of other sites nor the figures of their own", async () => {
    const [abused, other] = [await createSite(db), await createSite(db)];
    const sale = { type: "conversion" as const, at: NOW - HOUR, conversion: { value: LARGEST } };
    await ingest(
      abused,
      Array.from({ length: 1_100 }, () => sale),
    );
    await ingest(other, views(1));

    await rollUpStaleHours({ db });

    expect(await rolledPageviews(other)).toBe(1);
    expect(await staleCount(abused)).toBe(0);
    const day = siteDay(NOW - HOUR, "Europe/Berlin");
    const figures = await getSiteAnalytics(
      { databases: { named: () => db, names: () => ["main"] }, clock },
      {
        site: { siteId: abused.siteId, publicId: abused.publicId, database: "main" },
        from: day,
        to: day,
        compare: "none",
        model: "linear",
        lookbackDays: 30,
        direct: "keep",
      },
    );
    expect(figures.ok && figures.value.kpis).toMatchObject({ conversions: 1_100 });
  });
});

describe("a site or a database that cannot be rolled up", () => {
  it("leaves the other sites rolled up, and the failure is still thrown", async () => {
    const [broken, other] = [await createSite(db), await createSite(db)];
    await ingest(broken, views(1));
    await ingest(other, views(1));
    await db.execute(sql`update site.sites set time_zone = 'No/Where' where id = ${broken.siteId}`);

    await expect(rollUpStaleHours({ db })).rejects.toThrow("time zone");

    expect(await rolledPageviews(other)).toBe(1);
    expect(await staleCount(broken)).toBe(1);
    await db.execute(sql`update site.sites set time_zone = 'UTC' where id = ${broken.siteId}`);
  });

  it("leaves the databases after it rolled up, and the failure is still thrown", async () => {
    const site = await createSite(db);
    await ingest(site, views(1));
    const databases = {
      names: () => ["gone", "main"],
      named(name: string): Database {
        if (name === "gone") throw new Error("No connection string");
        return db;
      },
    };

    await expect(rollUpAllDatabases({ databases })).rejects.toThrow("No connection string");

    expect(await rolledPageviews(site)).toBe(1);
  });
});

describe("two rollers at once", () => {
  it("keep the mark of an event that came between the sum of the later one and its end", async () => {
    const site = await createSite(db);
    await ingest(site, views(1));
    const listed = (await listStaleHours(db, 100)).filter(({ siteId }) => siteId === site.siteId);
    await rollUpHours(db, site.siteId, listed);

    // The event is marked after the first roller cleared the hour: to the second one it is not the mark it listed.
    await ingest(site, views(1));
    const again = (await listStaleHours(db, 100)).filter(({ siteId }) => siteId === site.siteId);

    expect(again.map(({ bucket }) => bucket)).toEqual(listed.map(({ bucket }) => bucket));
    expect(again.map(({ version }) => version)).not.toEqual(listed.map(({ version }) => version));
  });
});

describe("a roller and an ingest that meet in the same hours", () => {
  it("never wait for each other in a circle: marks are taken in the order of their hours", async () => {
    const site = await createSite(db);
    // Marked in the opposite order of the hours, so that the table holds them that way round.
    for (let hour = 1; hour <= 3; hour += 1) await ingest(site, views(1, NOW - hour * HOUR));
    const hours = (await listStaleHours(db, 100)).filter(({ siteId }) => siteId === site.siteId);
    const [first, , last] = hours.map(({ bucket }) => bucket).toSorted();
    const client = await test.connect();
    const touch = async (bucket: string | undefined) =>
      await client.query(
        "update site.stale_hours set version = version + 1 where site_id = $1 and bucket = $2",
        [site.siteId, bucket],
      );
    await client.query("begin");
    await touch(first);

    const rolling = rollUpHours(db, site.siteId, hours);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await touch(last);
    await client.query("commit");
    await client.end();

    await expect(rolling).resolves.toBeUndefined();
    expect(await staleCount(site)).toBe(2);
  });
});
