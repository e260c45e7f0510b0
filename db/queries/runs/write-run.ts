import { and, eq, isNull } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { attributionRuns } from "#db/schema/site/attribution-runs.ts";
import type { RunQuestion } from "./run-record.ts";

export type NewRun = {
  publicId: string;
  siteId: number;
  name: string;
  question: RunQuestion;
  models: string[];
  /** Int of the run that is worked out anew. */
  recomputeOf: number | null;
  createdBy: number | null;
  createdAt: Date;
};

/** Writes a run that is to be made. */
export async function insertRun(db: Database, run: NewRun): Promise<void> {
  await db.insert(attributionRuns).values({ ...run, status: "pending" });
}

type RunOfSite = { siteId: number; publicId: string };

/** Takes back a run that nobody was told of. */
export async function discardRun(db: Database, run: RunOfSite): Promise<void> {
  await db.delete(attributionRuns).where(ofSite(run));
}

export type RunResult = { objectKey: string; dataVersion: string; items: number; readyAt: Date };

/** Makes a pending run ready; false when it was not pending any more, and then nothing changes. */
export async function markRunReady(db: Database, run: RunOfSite, result: RunResult): Promise<boolean> {
  const rows = await db
    .update(attributionRuns)
    .set({ ...result, status: "ready" })
    .where(and(ofSite(run), eq(attributionRuns.status, "pending"), isNull(attributionRuns.deletedAt)))
    .returning({ id: attributionRuns.id });
  return rows.length > 0;
}

/** Gives a pending run up; one that is ready stays so. */
export async function markRunFailed(db: Database, publicId: string, failure: string): Promise<void> {
  await db
    .update(attributionRuns)
    .set({ status: "failed", failure })
    .where(and(eq(attributionRuns.publicId, publicId), eq(attributionRuns.status, "pending")));
}

/** Another name: the only thing of a run that changes. */
export async function renameRun(db: Database, run: RunOfSite, name: string): Promise<void> {
  await db.update(attributionRuns).set({ name }).where(ofSite(run));
}

/** Takes a run away for everyone; a second time changes nothing. */
export async function deleteRun(db: Database, run: RunOfSite, at: Date): Promise<void> {
  await db
    .update(attributionRuns)
    .set({ deletedAt: at })
    .where(and(ofSite(run), isNull(attributionRuns.deletedAt)));
}

function ofSite({ siteId, publicId }: RunOfSite) {
  return and(eq(attributionRuns.siteId, siteId), eq(attributionRuns.publicId, publicId));
}
