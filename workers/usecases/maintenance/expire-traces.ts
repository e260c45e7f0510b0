import type { Database, Databases } from "#db/database.ts";
import { expireResults } from "#db/queries/attribution/stored-results.ts";
import { compactReceipts } from "#db/queries/maintenance/compact-receipts.ts";
import {
  deleteOldSessions,
  deleteUnusedTouchpoints,
  listOldJourneySites,
} from "#db/queries/maintenance/delete-old-journeys.ts";
import { deleteBots, expireBotMonths } from "#db/queries/maintenance/expire-bots.ts";
import type { Clock } from "#platform/clock.ts";
import { eachApart } from "#usecases/each-apart.ts";

type TraceDeps = { databases: Databases; clock: Clock };

const DAY_MS = 86_400_000;
const BOT_DAYS = 30;
/** A queue delivers a message again for days, the spill for as long as Postgres is away: single receipts outlive both. */
const RECEIPT_DAYS = 15;

const RESULT_DAYS = 30;
const ROWS_A_STEP = 10_000;
/** Steps a run and database: what is left waits an hour. */
const STEPS_A_RUN = 100;

/** Empties `bot_events` of what is older than 30 days (decisions 9). What became of each stays in the ledger. */
export async function expireBots({ databases, clock }: TraceDeps): Promise<void> {
  const before = new Date(clock.now().getTime() - BOT_DAYS * DAY_MS);
  await eachApart(databases.names(), async (name) => {
    const db = databases.named(name);
    await expireBotMonths(db, before);
    await inSteps(async () => await deleteBots(db, { before, limit: ROWS_A_STEP }));
  });
}

/** Adds up the receipts that no redelivery can need any more. */
export async function compactLedger({ databases, clock }: TraceDeps): Promise<void> {
  const before = new Date(clock.now().getTime() - RECEIPT_DAYS * DAY_MS);
  await eachApart(databases.names(), async (name) => {
    const db = databases.named(name);
    await inSteps(async () => await compactReceipts(db, { before, limit: ROWS_A_STEP }));
  });
}

/** Forgets credit that was worked out long ago: who asks for it again has it worked out again. */
export async function expireAttribution({ databases, clock }: TraceDeps): Promise<void> {
  const before = new Date(clock.now().getTime() - RESULT_DAYS * DAY_MS);
  await eachApart(databases.names(), async (name) => await expireResults(databases.named(name), before));
}

/** Deletes sessions, visitors and touchpoints that no figure needs: older than the seal by the longest lookback. */
export async function expireJourneys({ databases }: Pick<TraceDeps, "databases">): Promise<void> {
  await eachApart(databases.names(), async (name) => {
    const db = databases.named(name);
    await eachApart(await listOldJourneySites(db), async (siteId) => await expireJourneysOf(db, siteId));
  });
}

async function expireJourneysOf(db: Database, siteId: number): Promise<void> {
  await inSteps(async () => await deleteOldSessions(db, { siteId, limit: ROWS_A_STEP }));
  await inSteps(async () => await deleteUnusedTouchpoints(db, { siteId, limit: ROWS_A_STEP }));
}

/** Until a step finds less than it might, or the run has done its part. */
async function inSteps(step: () => Promise<number>): Promise<void> {
  for (let done = 0; done < STEPS_A_RUN; done += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each step begins where the one before ended
    if ((await step()) < ROWS_A_STEP) return;
  }
}
