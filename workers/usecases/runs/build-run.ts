import type { Database } from "#db/database.ts";
import { countItems } from "#db/queries/attribution/credited-items.ts";
import { findPendingRun, findRun, type RunWork } from "#db/queries/runs/find-run.ts";
import { markRunFailed, markRunReady } from "#db/queries/runs/write-run.ts";
import type { Deps } from "#usecases/deps.ts";
import { makeRunObject, type RunMaking } from "./make-run-object.ts";
import { deleteRunObject, readRunObject, writeRunObject, type RunObject } from "./run-object.ts";

export type BuildRunDeps = Pick<Deps, "databases" | "clock" | "reportStore">;
export type BuildRunInput = { database: string; runId: string };

/** More than this is not kept item by item. */
export const MOST_ITEMS = 500_000;
/** Data may come in while a run is made: a few tries find a moment without. */
const MAX_TRIES = 3;

/**
 * Makes a run: the workbench's answer, and every conversion and refund that it is of, all of one data version, as one
 * object that is never written again. A run that is made already, or deleted, needs nothing. Throws when something is out of
 * reach: to be run again.
 */
export async function buildRun(deps: BuildRunDeps, { database, runId }: BuildRunInput): Promise<void> {
  const db = deps.databases.named(database);
  const work = await findPendingRun(db, runId);
  if (work === null) return;
  const { siteId } = work.site;
  const { question, models } = work.run;
  const { from, to } = question;
  const items = await countItems(db, { siteId, from, to, most: MOST_ITEMS + 1 });
  if (items > MOST_ITEMS) {
    await markRunFailed(
      db,
      runId,
      `The range holds more than ${MOST_ITEMS} conversions and refunds; take fewer days`,
    );
    return;
  }
  const making = { question, models, site: work.site, folder: folderOf(work), items };
  const made = await makeInPeace(deps, db, making);
  if (made === null) {
    await markRunFailed(db, runId, "Data kept coming in while it was made; take a range that ends yesterday");
    return;
  }
  await keep(deps, db, { work, made });
}

async function makeInPeace(deps: BuildRunDeps, db: Database, making: RunMaking): Promise<RunObject | null> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each try is a reaction to the one before.
    const made = await makeRunObject(deps, db, { making });
    if (made !== null) return made;
  }
  return null;
}

/** Below the account a folder for each run: deleting one takes its files along and no other's. */
function folderOf({ run, site }: RunWork): string {
  return `${site.accountId}/${run.publicId}`;
}

/** Another run of this job may have been faster, or somebody deleted it: then what was made here goes. */
async function keep(
  deps: BuildRunDeps,
  db: Database,
  { work, made }: { work: RunWork; made: RunObject },
): Promise<void> {
  const { run, site } = work;
  const objectKey = await writeRunObject(deps.reportStore, folderOf(work), made);
  const items = made.days.reduce((sum, day) => sum + day.items, 0);
  const { dataVersion } = made.versions;
  const isMine = await markRunReady(db, run, { objectKey, dataVersion, items, readyAt: deps.clock.now() });
  if (isMine) return;
  const now = await findRun(db, { accountId: site.accountId, publicId: run.publicId });
  if (now?.objectKey === objectKey) return;
  const other = now?.objectKey ? await readRunObject(deps.reportStore, now.objectKey) : null;
  await deleteRunObject(deps.reportStore, objectKey, new Set(other?.days.map(({ key }) => key)));
}
