import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { readValues } from "#tests/db/rollups/read-values.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createCampaign, createSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { rematchSources } from "#usecases/sources/rematch-sources.ts";

const HOUR = 3_600_000;
const NOW = Math.floor(Date.now() / HOUR) * HOUR;

let db: Database;
beforeAll(async () => {
  ({ db } = await createDatabase());
});
const databases = { named: () => db, names: () => ["main"] };

describe("a campaign named late", () => {
  it("gets every contact of its past: by two runs at once, while hours are rolled up and events come in", async () => {
    const site = await createSite(db);
    const contact = (hours: number) => {
      const at = NOW - hours * HOUR;
      const url = `https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=late&utm_content=${hours}`;
      return ingestMessage({
        siteId: site.siteId,
        visitor: visitorId(),
        receivedAt: at,
        events: [
          { type: "pageview", at, url },
          { type: "impression", at, url, channel: "email" },
        ],
      });
    };
    const ingest = async (from: number, to: number) => {
      const bodies = Array.from({ length: to - from }, (_, i) => contact(from + i));
      await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, bodies);
    };
    await ingest(0, 30);
    await rollUpStaleHours({ db });
    await ingest(30, 60);
    await createCampaign(db, site, { name: "Late" });
    await db.execute(
      sql`update site.sites set matcher_version = matcher_version + 1 where id = ${site.siteId}`,
    );

    const rematch = async () =>
      await rematchSources({ databases }, { database: "main", siteId: site.siteId });
    await Promise.all([
      rematch(),
      rollUpStaleHours({ db }),
      rematch(),
      ingest(60, 90),
      rollUpStaleHours({ db }),
    ]);
    await rollUpStaleHours({ db });
    await rematch();
    await rollUpStaleHours({ db });

    const { rows } = await db.execute(sql`
      select count(distinct bucket)::int as hours, sum(pageviews)::int as pageviews, sum(sessions)::int as sessions
      from site.rollup_hours where site_id = ${site.siteId} and scope = 'campaign' and dimension = 'all'`);
    expect(rows).toEqual([{ hours: 90, pageviews: 90, sessions: 90 }]);
    const waiting = await db.execute(sql`select from site.stale_hours where site_id = ${site.siteId}`);
    expect(waiting.rows).toEqual([]);
  });

  it("gets the orders that no visit led to and the refunds of later days, in hours without any other traffic", async () => {
    const site = await createSite(db, { timeZone: "UTC" });
    const at = NOW - 9 * 24 * HOUR;
    const refundedAt = NOW - 4 * 24 * HOUR;
    const order = { orderId: "T-1", value: "30.00" };
    const body = ingestMessage({
      siteId: site.siteId,
      via: "api",
      receivedAt: NOW,
      events: [
        { type: "conversion", at, campaign: "Late", conversion: order },
        { type: "refund", at: refundedAt, refund: { orderId: "T-1", value: "10.00" } },
      ],
    });
    await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [body]);
    await rollUpStaleHours({ db });
    const campaign = await createCampaign(db, site, { name: "Late" });
    await db.execute(
      sql`update site.sites set matcher_version = matcher_version + 1 where id = ${site.siteId}`,
    );

    await rematchSources({ databases }, { database: "main", siteId: site.siteId });
    await rollUpStaleHours({ db });

    const money = async (day: string) => {
      const asked = { siteId: site.siteId, from: day, to: day, dimension: "campaign" } as const;
      const rows = await readValues(db, asked);
      return rows.map(({ entry, conversions, refundMinor }) => ({ entry, conversions, refundMinor }));
    };
    const entry = String(campaign);
    expect(await money(siteDay(at, "UTC"))).toEqual([{ entry, conversions: 1, refundMinor: 0 }]);
    expect(await money(siteDay(refundedAt, "UTC"))).toEqual([{ entry, conversions: 0, refundMinor: 1_000 }]);
  });
});
