import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { ingestAtHome } from "#usecases/ingest/ingest-at-home.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";

const DAY = 86_400_000;
const NOW = Date.now();

let main: Database;
let second: Database;
beforeAll(async () => {
  [{ db: main }, { db: second }] = await Promise.all([createDatabase(), createDatabase()]);
  await second.execute(sql`select site.start_ids_at(500000000)`);
});

const databases = {
  named: (name: string) => (name === "main" ? main : second),
  names: () => ["main", "second"],
};
const clock = { now: () => new Date(NOW) };

function visits(site: TestSite, days: number, campaign: string) {
  const at = NOW - days * DAY;
  const url = `https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=${campaign}`;
  return ingestMessage({
    siteId: site.siteId,
    visitor: visitorId(),
    receivedAt: at + 60_000,
    events: [
      { type: "pageview", at, url },
      {
        type: "conversion",
        at: at + 1_000,
        url,
        conversion: { value: "9.99", orderId: `${campaign}-${days}` },
      },
    ],
  });
}

async function figures(database: string, site: TestSite) {
  const answer = await getSiteAnalytics(
    { databases, clock },
    {
      site: { siteId: site.siteId, publicId: site.publicId, database },
      from: new Date(NOW - 20 * DAY).toISOString().slice(0, 10),
      to: new Date(NOW).toISOString().slice(0, 10),
      compare: "none",
      model: "linear",
      lookbackDays: 30,
      direct: "keep",
    },
  );
  if (!answer.ok) throw new Error(answer.error.kind);
  const { basis: _, ...shown } = answer.value;
  return shown;
}

/** Every row of the site, table by table, as `copy … to stdout | copy … from stdin` hands it over. */
async function copySite({ siteId }: TestSite): Promise<void> {
  const { rows: tables } = await main.execute<{ name: string }>(sql`
    select c.table_name as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'site' and c.column_name = 'site_id' and t.table_type = 'BASE TABLE'
      and not exists (select from pg_inherits i where i.inhrelid = format('site.%I', c.table_name)::regclass)`);
  const names = tables.map(({ name }) => name).toSorted();
  const ordered = ["campaigns", ...names.filter((name) => name !== "campaigns")];
  await copyRows("sites", sql`id = ${siteId}`);
  for (const name of ordered) await copyRows(name, sql`site_id = ${siteId}`);
  for (const name of ordered.toReversed())
    await main.execute(sql`delete from site.${sql.identifier(name)} where site_id = ${siteId}`);
  await main.execute(sql`delete from site.sites where id = ${siteId}`);
}

async function copyRows(name: string, which: ReturnType<typeof sql>): Promise<void> {
  const table = sql`site.${sql.identifier(name)}`;
  const { rows } = await main.execute<{ rows: string | null }>(
    sql`select json_agg(t)::text as rows from (select * from ${table} where ${which}) t`,
  );
  if (rows[0]?.rows)
    await second.execute(sql`insert into ${table} overriding system value
      select * from json_populate_recordset(null::${table}, ${rows[0].rows}::json)`);
}

describe("an account that is moved by hand", () => {
  it("has the same figures in its new database, beside others, and goes on there with what waited in the queue", async () => {
    const site = await createSite(main);
    await createCampaign(main, site, { name: "Spring" });
    const neighbour = await createSite(main);
    await main.execute(
      sql`update control.accounts set database = 'second' where id = ${neighbour.accountId}`,
    );
    await second.execute(sql`insert into site.sites
      select * from json_populate_record(null::site.sites, ${JSON.stringify(await rowOf(neighbour))}::json)`);
    await createCampaign(second, neighbour, { name: "Summer" });
    await ingestEvents({ db: main, clock, sites: new Map() }, [
      visits(site, 3, "spring"),
      visits(site, 2, "spring"),
    ]);
    await ingestEvents({ db: second, clock, sites: new Map() }, [visits(neighbour, 3, "summer")]);
    for (const db of [main, second]) await rollUpStaleHours({ db });
    const before = { moved: await figures("main", site), neighbour: await figures("second", neighbour) };
    const queued = visits(site, 1, "spring");

    await copySite(site);
    await main.execute(sql`update control.accounts set database = 'second' where id = ${site.accountId}`);

    expect(await figures("second", site)).toEqual(before.moved);
    expect(await figures("second", neighbour)).toEqual(before.neighbour);
    await ingestAtHome({ databases, clock, sites: new Map() }, "main", [queued]);
    await rollUpStaleHours({ db: second });
    expect((await figures("second", site)).kpis.revenueMinor).toBe(3 * 999);
    expect((await figures("second", neighbour)).kpis.revenueMinor).toBe(999);
    const left = await main.execute(sql`select from site.events where site_id = ${site.siteId}`);
    expect(left.rows).toEqual([]);
  });

  async function rowOf({ siteId }: TestSite): Promise<unknown> {
    const { rows } = await main.execute<{ row: unknown }>(
      sql`select to_json(s) as row from site.sites s where id = ${siteId}`,
    );
    return rows[0]?.row;
  }
});
