import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { addDays, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { loadAnalytics } from "#db/queries/analytics/load-analytics.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { rematchSources } from "#usecases/sources/rematch-sources.ts";

const DAY = 86_400_000;
const NOW = Math.floor(Date.now() / DAY) * DAY - DAY / 2;
const to = siteDay(NOW, "UTC");
const from = addDays(to, -9);
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

const databases = { named: () => db, names: () => ["main"] };

async function sale(site: TestSite, daysAgo: number, value: string) {
  const at = NOW - daysAgo * DAY;
  const url = "https://shop.example/?utm_source=n&utm_medium=email&utm_campaign=spring";
  await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [
    ingestMessage({
      siteId: site.siteId,
      visitor: visitorId(),
      receivedAt: at + 60_000,
      events: [
        { type: "pageview", at, url },
        { type: "conversion", at: at + 1_000, url, conversion: { value } },
      ],
    }),
  ]);
}

async function credit(site: TestSite, lookbackDays = 7) {
  const facts = await loadAnalytics(db, {
    siteId: site.siteId,
    campaignId: null,
    from,
    to,
    versionFrom: addDays(from, -lookbackDays),
    ratesFrom: from,
    lookbackDays,
    direct: "keep",
  });
  if (!facts) throw new Error("No such site");
  return facts.credit
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
    .map((row) => [row.day, row.campaignId, row.lastConversions, row.lastRevenueMinor]);
}

/** The days whose kept credit was written by this transaction or a later one. */
async function keptSince(site: TestSite, mark: string): Promise<string[]> {
  const { rows } = await db.execute<{ day: string }>(sql`
    select day::text as day from site.credit_days
    where site_id = ${site.siteId} and xmin::text::bigint >= ${mark}::bigint order by 1`);
  return rows.map(({ day }) => day);
}

async function mark(): Promise<string> {
  const { rows } = await db.execute<{ xid: string }>(sql`select pg_current_xact_id()::text as xid`);
  return rows[0]?.xid ?? "";
}

describe("kept credit", () => {
  it("is worked out once for days that hold still, days without a sale included", async () => {
    const site = await createSite(db, { timeZone: "UTC" });
    const spring = await createCampaign(db, site, { name: "spring" });
    await sale(site, 2, "10.00");
    const expected = [[addDays(to, -2), spring, 1, 1_000]];
    const start = await mark();
    expect(await credit(site)).toEqual(expected);
    expect(await keptSince(site, start)).toHaveLength(10);

    const again = await mark();
    expect(await credit(site)).toEqual(expected);
    expect(await keptSince(site, again)).toEqual([]);
  });

  it("goes for the days that a change can reach, and for no other", async () => {
    const site = await createSite(db, { timeZone: "UTC" });
    const spring = await createCampaign(db, site, { name: "spring" });
    await sale(site, 8, "10.00");
    await credit(site, 1);
    const start = await mark();
    await sale(site, 5, "5.00");

    expect(await credit(site, 1)).toEqual([
      [addDays(to, -8), spring, 1, 1_000],
      [addDays(to, -5), spring, 1, 500],
    ]);
    // A lookback of a day: what happened on day −5 can count on that day and the next.
    expect(await keptSince(site, start)).toEqual([addDays(to, -5), addDays(to, -4)]);
  });

  it("is kept apart by lookback", async () => {
    const site = await createSite(db, { timeZone: "UTC" });
    const spring = await createCampaign(db, site, { name: "spring" });
    const visitor = visitorId();
    const at = NOW - 9 * DAY;
    await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [
      ingestMessage({
        siteId: site.siteId,
        via: "api",
        visitor,
        receivedAt: NOW,
        events: [
          { type: "click", at, campaign: "spring" },
          { type: "conversion", at: at + 3 * DAY, conversion: { value: "9.00" } },
        ],
      }),
    ]);
    const day = addDays(to, -6);
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await credit(site, 1)).toEqual([[day, null, 1, 900]]);
      expect(await credit(site, 7)).toEqual([[day, spring, 1, 900]]);
    }
  });

  it("is worked out ahead by the roller, for every day but the current one", async () => {
    const site = await createSite(db, { timeZone: "UTC" });
    await sale(site, 8, "10.00");
    await sale(site, 2, "5.00");
    const start = await mark();
    await rollUpStaleHours({ db });
    const ahead = await keptSince(site, start);

    expect(ahead[0]).toBe(addDays(to, -8));
    expect(ahead.at(-1)).toBe(addDays(siteDay(Date.now(), "UTC"), -1));
    const reading = await mark();
    expect(await credit(site, 30)).toHaveLength(2);
    expect(
      (await keptSince(site, reading)).every((day) => day < addDays(to, -8) || day > (ahead.at(-1) ?? "")),
    ).toBe(true);
    const again = await mark();
    await rollUpStaleHours({ db });
    expect(await keptSince(site, again)).toEqual([]);
  });

  it("follows a changed matcher, and keeps nothing of the time in which sources wait for it", async () => {
    const site = await createSite(db, { timeZone: "UTC" });
    await sale(site, 1, "10.00");
    expect(await credit(site)).toEqual([[addDays(to, -1), null, 1, 1_000]]);
    const spring = await createCampaign(db, site, { name: "spring" });
    await db.execute(
      sql`update site.sites set matcher_version = matcher_version + 1 where id = ${site.siteId}`,
    );

    const waiting = await mark();
    expect(await credit(site)).toEqual([[addDays(to, -1), null, 1, 1_000]]);
    expect(await keptSince(site, waiting)).toEqual([]);
    await rematchSources({ databases }, { database: "main", siteId: site.siteId });

    expect(await credit(site)).toEqual([[addDays(to, -1), spring, 1, 1_000]]);
    expect(await keptSince(site, waiting)).toHaveLength(10);
  });
});
