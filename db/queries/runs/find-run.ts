import { and, desc, eq, isNull, lt, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { attributionRuns } from "#db/schema/site/attribution-runs.ts";
import { sites } from "#db/schema/site/sites.ts";
import { originals, runColumns, type RunRecord } from "./run-record.ts";

/** A run of any of the account's sites that is not deleted; null when the account has none of that id. */
export async function findRun(
  db: Database,
  { accountId, publicId }: { accountId: number; publicId: string },
): Promise<RunRecord | null> {
  const [found] = await runs(db, and(eq(sites.accountId, accountId), eq(attributionRuns.publicId, publicId)));
  return found?.run ?? null;
}

export type RunWork = {
  run: RunRecord;
  site: { siteId: number; publicId: string; accountId: number; timeZone: string; currency: string };
};

/** A run that is still to be made, with its site; null when there is none, or nothing to do. For jobs only. */
export async function findPendingRun(db: Database, publicId: string): Promise<RunWork | null> {
  const isPending = and(eq(attributionRuns.publicId, publicId), eq(attributionRuns.status, "pending"));
  const [found] = await runs(db, isPending);
  return found ?? null;
}

export type RunsFilter = {
  siteId: number;
  /** Id of the last run of the page before; null for the first page. */
  afterId: number | null;
  limit: number;
};

/** A site's runs that somebody asked for, newest first; those of reports are found from their report. */
export async function listRuns(db: Database, { siteId, afterId, limit }: RunsFilter): Promise<RunRecord[]> {
  const isNext = afterId === null ? undefined : lt(attributionRuns.id, afterId);
  const isOwn = isNull(attributionRuns.reportId);
  const rows = await runs(db, and(eq(attributionRuns.siteId, siteId), isOwn, isNext))
    .orderBy(desc(attributionRuns.id))
    .limit(limit);
  return rows.map(({ run }) => run);
}

const siteColumns = {
  siteId: sites.id,
  publicId: sites.publicId,
  accountId: sites.accountId,
  timeZone: sites.timeZone,
  currency: sites.currency,
};

/** Runs that are not deleted, each with its site and the run that it is a recomputation of. */
function runs(db: Database, which: SQL | undefined) {
  return db
    .select({ run: runColumns, site: siteColumns })
    .from(attributionRuns)
    .innerJoin(sites, eq(sites.id, attributionRuns.siteId))
    .leftJoin(originals, eq(originals.id, attributionRuns.recomputeOf))
    .where(and(which, isNull(attributionRuns.deletedAt)));
}

/** Public ids of runs that have been asked for before then and are not made. */
export async function listWaitingRuns(db: Database, before: Date, limit: number): Promise<string[]> {
  const rows = await db
    .select({ publicId: attributionRuns.publicId })
    .from(attributionRuns)
    .where(
      and(
        eq(attributionRuns.status, "pending"),
        isNull(attributionRuns.deletedAt),
        lt(attributionRuns.createdAt, before),
      ),
    )
    .orderBy(attributionRuns.createdAt)
    .limit(limit);
  return rows.map(({ publicId }) => publicId);
}
