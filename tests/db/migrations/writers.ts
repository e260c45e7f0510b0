import { sql } from "drizzle-orm";
import type { Database } from "#db/database.ts";
import { systemIds } from "#platform/ids.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import type { TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";

export type WriterLog = {
  /** Writes that were answered. */
  written: number;
  failures: string[];
  /** The longest write of each kind, ms. */
  longestMs: Record<string, number>;
  /** Rows that were answered to be there. */
  counts: { events: number; spend: number; campaigns: number };
};

export type Writers = {
  written(): number;
  /** When so many writes of each kind were answered. */
  haveWritten(each: number): Promise<void>;
  stop(): Promise<WriterLog>;
};

type Target = { db: Database; site: TestSite; campaignId: number };

/**
 * Writes without a pause until it is stopped: events by ingest, spend and campaigns by statements such as the version
 * before sends, which names its columns.
 */
export function runWriters(target: Target): Writers {
  let isOver = false;
  const log: WriterLog = {
    written: 0,
    failures: [],
    longestMs: {},
    counts: { events: 0, spend: 0, campaigns: 0 },
  };
  const rounds: Record<string, number> = {};
  const kinds: Record<keyof WriterLog["counts"], (round: number) => Promise<void>> = {
    events: async () => await ingestOne(target),
    spend: async (round) => await writeSpend(target, round),
    campaigns: async (round) => await writeCampaign(target, round),
  };
  const running = Object.entries(kinds).map(async ([kind, write]) => {
    for (let round = 0; !isOver; round += 1) {
      const startedAt = performance.now();
      await write(round).then(
        () => {
          log.written += 1;
          log.counts[kind as keyof WriterLog["counts"]] += 1;
        },
        (error: Error) => log.failures.push(`${kind}: ${error.message}`),
      );
      rounds[kind] = round + 1;
      log.longestMs[kind] = Math.max(log.longestMs[kind] ?? 0, performance.now() - startedAt);
    }
  });

  return {
    written: () => Math.min(...Object.keys(kinds).map((kind) => rounds[kind] ?? 0)),
    async haveWritten(each) {
      while (Object.keys(kinds).some((kind) => (rounds[kind] ?? 0) < each)) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async stop() {
      isOver = true;
      await Promise.all(running);
      return log;
    },
  };
}

async function ingestOne({ db, site }: Target): Promise<void> {
  const at = Date.now();
  const message = ingestMessage({
    siteId: site.siteId,
    visitor: visitorId(),
    events: [{ type: "pageview", at, url: "https://shop.example/" }],
  });
  const deps = { db, clock: { now: () => new Date(at) }, sites: new Map() };
  const { receipts } = await ingestEvents(deps, [message]);
  if (receipts[0]?.stored !== 1) throw new Error("the event was not stored");
}

async function writeSpend({ db, site, campaignId }: Target, round: number): Promise<void> {
  await db.execute(sql`
    insert into site.spend (site_id, campaign_id, day, source, amount_minor, currency, updated_at)
    values (${site.siteId}, ${campaignId}, date '2020-01-01' + ${round}::int, 'manual', 100, 'EUR', now())
    on conflict (site_id, campaign_id, day, source) do update set amount_minor = excluded.amount_minor`);
}

async function writeCampaign({ db, site }: Target, round: number): Promise<void> {
  await db.execute(sql`
    insert into site.campaigns (site_id, public_id, name, channel, status, currency, created_at, updated_at)
    values (${site.siteId}, ${systemIds.publicId("cmp", new Date())}, ${`Campaign ${round}`}, 'email', 'active', 'EUR',
      now(), now())`);
}
