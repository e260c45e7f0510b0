// @module-tag long
import { sql } from "drizzle-orm";
import { expect, it, vi } from "vitest";

import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";

const NOW = Date.now();

it("writes a batch again that Postgres broke off to end a deadlock: nothing is lost, nothing stored twice", async () => {
  const database = await createDatabase();
  const { db } = database;
  const { siteId } = await createSite(db);
  const visitor = visitorId();
  const body = () =>
    ingestMessage({
      siteId,
      visitor,
      events: [{ type: "pageview", at: NOW, url: "https://shop.example/" }],
    });
  const ingest = async () =>
    await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [body()]);
  await ingest();
  const other = await database.connect();
  // Whoever asks first is broken off: it has to be the batch, however slow the machine.
  await other.query("set deadlock_timeout = '1min'");
  await other.query("begin");
  await other.query("update site.stale_hours set version = version where site_id = $1", [siteId]);

  // The batch holds the visitor and waits for the mark; whoever holds the mark now asks for the visitor.
  const writing = ingest();
  await vi.waitFor(
    async () => {
      const { rows } = await db.execute(sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
      expect(rows).toHaveLength(1);
    },
    { timeout: 20_000, interval: 20 },
  );
  await other.query("update site.visitors set is_bot_like = false where site_id = $1", [siteId]);
  await other.query("commit");
  await other.end();

  await expect(writing).resolves.toMatchObject({ receipts: [{ stored: 1, duplicate: 0 }], deadLetters: [] });
  const { rows } = await db.execute(
    sql`select count(*)::int as n from site.events where site_id = ${siteId}`,
  );
  expect(rows).toEqual([{ n: 2 }]);
});
