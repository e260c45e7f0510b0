import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestAtHome, type SitesByDatabase } from "#usecases/ingest/ingest-at-home.ts";

const NOW = Date.now();
let main: Database;
let second: Database;
let sites: SitesByDatabase;
beforeAll(async () => {
  [{ db: main }, { db: second }] = await Promise.all([createDatabase(), createDatabase()]);
});
beforeEach(() => {
  sites = new Map();
});

const databases = {
  named: (name: string) => (name === "main" ? main : second),
  names: () => ["main", "second"],
};
const clock = { now: () => new Date(NOW) };

function views(...of: Pick<TestSite, "siteId">[]) {
  return of.map(({ siteId }) =>
    ingestMessage({
      siteId,
      visitor: visitorId(),
      events: [{ type: "pageview", at: NOW, url: "https://shop.example/" }],
    }),
  );
}

async function eventsOf(db: Database, { siteId }: TestSite): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from site.events where site_id = ${siteId}`,
  );
  return rows[0]?.n ?? 0;
}

/** Hands a site over as an operator does, its configuration at least. */
async function move(site: TestSite): Promise<void> {
  const { rows } = await main.execute<{ row: string }>(
    sql`select to_json(s)::text as row from site.sites s where id = ${site.siteId}`,
  );
  await second.execute(
    sql`insert into site.sites select * from json_populate_record(null::site.sites, ${rows[0]?.row ?? ""}::json)`,
  );
  await main.execute(sql`delete from site.sites where id = ${site.siteId}`);
  await main.execute(sql`update control.accounts set database = 'second' where id = ${site.accountId}`);
}

describe("bodies that were queued before their account moved", () => {
  it("follow it, whatever an isolate remembers, and those of others stay where they are", async () => {
    const [moving, staying] = [await createSite(main), await createSite(main)];
    await ingestAtHome({ databases, clock, sites }, "main", views(moving, staying));
    await move(moving);
    // The isolate has heard of the site in its new place; what was queued still names the old one.
    await ingestAtHome({ databases, clock, sites }, "second", views(moving));
    sites.delete("main");

    const outcome = await ingestAtHome({ databases, clock, sites }, "main", views(moving, staying, moving));

    expect(outcome.receipts).toHaveLength(3);
    expect(outcome.deadLetters).toEqual([]);
    expect(await eventsOf(second, moving)).toBe(3);
    expect(await eventsOf(main, moving)).toBe(1);
    expect(await eventsOf(main, staying)).toBe(2);
    expect(await eventsOf(second, staying)).toBe(0);
  });

  it("are kept for a person where nobody knows the site", async () => {
    const site = await createSite(main);
    await main.execute(sql`delete from site.sites where id = ${site.siteId}`);
    const [gone, never] = views(site, { siteId: 1_999_999_999 });
    if (!gone || !never) throw new Error("no bodies");

    const outcome = await ingestAtHome({ databases, clock, sites }, "main", [gone, never]);

    expect(outcome.receipts).toEqual([]);
    expect(outcome.deadLetters).toEqual([
      { receiptId: gone.receiptId, reason: "unknown_site" },
      { receiptId: never.receiptId, reason: "unknown_site" },
    ]);
  });
});
