import { sql } from "drizzle-orm";
import { vi } from "vitest";
import type { Database } from "#db/database.ts";
import { systemIds } from "#platform/ids.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import type { TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";

export type WriterLog = {
  failures: string[];
  /** Rows that were answered to be there. */
  counts: Record<Kind, number>;
};

const KINDS = ["events", "spend", "campaigns", "reports", "runs"] as const;
type Kind = (typeof KINDS)[number];

export type Writers = {
  /** When each of them has written so many times more than now. */
  haveWritten(more: number): Promise<void>;
  stop(): Promise<WriterLog>;
};

type Target = { db: Database; site: TestSite; campaignId: number };

/**
 * Writes without a pause until it is stopped: events by ingest, the rest by statements such as the version before sends,
 * which name their columns. Reports and runs are what the migrations change.
 */
export function runWriters(target: Target, chosen: readonly Kind[] = KINDS): Writers {
  let isOver = false;
  const log: WriterLog = {
    failures: [],
    counts: { events: 0, spend: 0, campaigns: 0, reports: 0, runs: 0 },
  };
  const rounds: Record<string, number> = {};
  const kinds: Record<Kind, (round: number) => Promise<void>> = {
    events: async () => await ingestOne(target),
    spend: async (round) => await writeSpend(target, round),
    campaigns: async (round) => await writeCampaign(target, round),
    reports: async (round) => await changeReport(target, round),
    runs: async (round) => await writeRun(target, round),
  };
  const running = chosen.map(async (kind) => {
    for (let round = 0; !isOver; round += 1) {
      await kinds[kind](round).then(
        () => {
          log.counts[kind] += 1;
        },
        (error: Error) => log.failures.push(`${kind}: ${error.message}`),
      );
      rounds[kind] = round + 1;
    }
  });

  return {
    async haveWritten(more) {
      const before = { ...rounds };
      const isBehind = (kind: string) => (rounds[kind] ?? 0) < (before[kind] ?? 0) + more;
      await vi.waitUntil(() => !chosen.some(isBehind), { timeout: 30_000, interval: 5 });
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

async function changeReport({ db, site }: Target, round: number): Promise<void> {
  const { rows } = await db.execute(sql`
    update site.reports set title = ${`Report ${round}`} where site_id = ${site.siteId} and deleted_at is null
      and id = (select max(id) - ${round % 10} from site.reports where site_id = ${site.siteId}) returning id`);
  if (rows.length !== 1) throw new Error("the report was not changed");
}

async function writeRun({ db, site }: Target, round: number): Promise<void> {
  await db.execute(sql`
    insert into site.attribution_runs (site_id, public_id, name, question, models, status, created_at)
    values (${site.siteId}, ${systemIds.publicId("run", new Date())}, ${`Run of load ${round}`}, '{}', '{linear}', 'ready',
      now())`);
}
