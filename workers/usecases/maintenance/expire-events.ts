import type { Database, Databases } from "#db/database.ts";
import { claimRetention, releaseRetention } from "#db/queries/maintenance/claim-retention.ts";
import {
  detachMonth,
  expireDetached,
  isMonthDue,
  listEventMonths,
} from "#db/queries/maintenance/event-months.ts";
import { listOpenSeals, sealSites } from "#db/queries/maintenance/seal-sites.ts";
import type { Clock } from "#platform/clock.ts";
import type { Log } from "#platform/log.ts";
import { eachApart } from "#usecases/each-apart.ts";
import { closeSite } from "./close-site.ts";

export type ExpireDeps = { databases: Databases; clock: Clock; log: Log };

/** A run may take as long as a cron may. */
const LEASE_MS = 20 * 60_000;
/** Ingest remembers a site for half a minute: what it accepts before it has heard of the seal is still counted. */
const REST_AFTER_SEAL_MS = 10 * 60_000;

/**
 * Lets raw events go that are older than each database's retention, in steps that are harmless twice and go on where
 * they were broken off: seal the sites; when ingest has heard of it, roll up what is stale behind the seal once more and
 * close it; drop the months. Rollups stay as they are (decisions 5). Answers how many events went.
 */
export async function expireEvents(deps: ExpireDeps): Promise<{ expired: number }> {
  let expired = 0;
  await eachApart(deps.databases.names(), async (name) => {
    const gone = await expireIn(deps.databases.named(name), deps.clock.now());
    if (gone > 0) deps.log("info", "events_expired", { database: name, events: gone });
    expired += gone;
  });
  return { expired };
}

async function expireIn(db: Database, now: Date): Promise<number> {
  const state = await claimRetention(db, { now, leaseMs: LEASE_MS });
  if (state === null) return 0;
  try {
    const month = new Date(state.keptSinceMs);
    if (state.sealedMonthMs === null || state.sealedMonthMs < month.getTime()) {
      if ((await listEventMonths(db, month)).length > 0) await sealSites(db, { month, now });
      return 0;
    }
    if (now.getTime() - (state.sealedAtMs ?? 0) < REST_AFTER_SEAL_MS) return 0;
    return (await closeAll(db)) ? await dropMonths(db, new Date(state.sealedMonthMs)) : 0;
  } finally {
    await releaseRetention(db);
  }
}

/** Whether every sealed site is closed; one that is not has hours that became stale meanwhile, and waits for the next run. */
async function closeAll(db: Database): Promise<boolean> {
  let allClosed = true;
  await eachApart(await listOpenSeals(db), async (siteId) => {
    if (!(await closeSite(db, siteId))) allClosed = false;
  });
  return allClosed;
}

async function dropMonths(db: Database, sealedMonth: Date): Promise<number> {
  let expired = 0;
  await eachApart(await listEventMonths(db, sealedMonth), async (month) => {
    if (month.state !== "detached") {
      if (month.state === "attached" && !(await isMonthDue(db, month))) return;
      await detachMonth(db, month);
    }
    expired += await expireDetached(db, month);
  });
  return expired;
}
