import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/database.ts";
import { rollUpHours } from "#db/queries/rollups/roll-up-hours.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";

const HOUR = 3_600_000;
const VISITORS = 150;
/** Half past: an hour of Kolkata begins here, four of them lie in the past. */
const FIRST_HOUR = Math.floor(Date.now() / HOUR) * HOUR - 6 * HOUR + HOUR / 2;
/** Two of one campaign, two of another in the same channel, one without a campaign, and none at all. */
const ENTRIES = [
  "?utm_source=a&utm_medium=email&utm_campaign=spring",
  "?utm_source=b&utm_medium=email&utm_campaign=spring",
  "?utm_source=a&utm_medium=email&utm_campaign=autumn",
  "?utm_source=c&utm_medium=email&utm_campaign=autumn",
  "?utm_source=google&utm_medium=cpc",
  "",
];
let db: Database;
let site: TestSite;

beforeAll(async () => {
  ({ db } = await createDatabase());
  site = await createSite(db, { timeZone: "Asia/Kolkata" });
  await createCampaign(db, site, { name: "spring" });
  await createCampaign(db, site, { name: "autumn" });
  const nowMs = FIRST_HOUR + 4 * HOUR;
  const messages = Array.from({ length: VISITORS }, (_, n) => {
    // Up to six visits within one hour, some over its end; a few come from the same entry all the time.
    const visits = 1 + (n % 6);
    const firstAt = FIRST_HOUR + ((n * 7) % 170) * 60_000;
    return ingestMessage({
      siteId: site.siteId,
      visitor: visitorId(),
      receivedAt: nowMs,
      events: Array.from({ length: visits }, (__, v) => {
        const entry = ENTRIES[n % 5 === 0 ? n % 3 : (n * 3 + v * (1 + (n % 4))) % ENTRIES.length];
        return { type: "pageview" as const, at: firstAt + v * 120_000, url: `https://shop.example/${entry}` };
      }),
    });
  });
  await ingestEvents({ db, clock: { now: () => new Date(nowMs) }, sites: new Map() }, messages);
});

type Counts = { bucket: string; scope: string; scope_key: string; sessions: number; visitors: number };

/** The same by plain counts of the sessions, scope by scope. */
async function counted(hours: readonly string[]): Promise<Counts[]> {
  const { rows } = await db.execute<Counts>(sql`
    with visit as (
      select date_trunc('hour', s.started_at, 'Asia/Kolkata') as hour, s.visitor_id, d.channel, d.campaign_id
      from site.sessions s left join site.sources d on d.id = s.source_id where s.site_id = ${site.siteId}
    )
    select (extract(epoch from hour) * 1000)::text as bucket, scope, scope_key, count(*)::int as sessions,
      count(distinct visitor_id)::int as visitors
    from visit cross join lateral (values ('site', ''), ('channel', channel), ('campaign', campaign_id::text))
      as v (scope, scope_key)
    where scope_key is not null and hour in (select h::timestamptz from jsonb_array_elements_text(${JSON.stringify(hours)}::jsonb) h)
    group by 1, 2, 3 order by 1, 2, 3`);
  return rows;
}

async function rolled(): Promise<Counts[]> {
  const { rows } = await db.execute<Counts>(sql`
    select (extract(epoch from bucket) * 1000)::text as bucket, scope, scope_key, sessions, visitors
    from site.rollup_hours where site_id = ${site.siteId} and sessions + visitors <> 0 order by 1, 2, 3`);
  return rows;
}

describe("visitors of an hour", () => {
  it("are distinct in the site, each channel and each campaign, however often and from wherever they came", async () => {
    const hours = [0, 1].map((n) => new Date(FIRST_HOUR + n * HOUR).toISOString());
    const span = hours.map((bucket) => ({ siteId: site.siteId, bucket, version: 1 }));
    await rollUpHours(db, site.siteId, span);

    const expected = await counted(hours);
    const whole = expected.filter(({ scope }) => scope === "site");
    expect(whole).toHaveLength(2);
    for (const { sessions, visitors } of whole) expect(sessions).toBeGreaterThan(visitors * 1.5);
    expect(expected.length).toBeGreaterThan(8);
    expect(await rolled()).toEqual(expected);
  });

  it("are those of the listed hours only, where others lie between and behind them", async () => {
    const hours = [0, 2].map((n) => new Date(FIRST_HOUR + n * HOUR).toISOString());
    await db.execute(sql`delete from site.rollup_hours where site_id = ${site.siteId}`);
    await rollUpHours(
      db,
      site.siteId,
      hours.map((bucket) => ({ siteId: site.siteId, bucket, version: 1 })),
    );

    expect(await rolled()).toEqual(await counted(hours));
  });
});
