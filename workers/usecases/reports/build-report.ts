import { isReportOfNothing } from "#core/report/nothing-happened.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { findReportWork, type ReportWork } from "#db/queries/reports/find-report.ts";
import { markReady, markReportFailed, markSkipped } from "#db/queries/reports/write-report.ts";
import { enqueueDeliveries } from "#usecases/delivery/enqueue-deliveries.ts";
import type { Deps } from "#usecases/deps.ts";
import type { LoadFigures } from "./load-figures.ts";
import { discardFiles, makeFiles, type Renderers } from "./make-files.ts";
import { makeModel } from "./make-model.ts";
import { keepReportRun } from "./report-run.ts";

export type BuildReportDeps = Pick<
  Deps,
  "databases" | "clock" | "ids" | "workQueue" | "reportStore" | "log"
> &
  Renderers & {
    /** `#usecases/reports/load-figures.ts`. */
    loadFigures: LoadFigures;
  };

/** `reportId`: public id. */
export type BuildReportInput = { database: string; reportId: string };

/** `nothing_to_do`: it is built already, given up or deleted. `skipped`: nothing happened, and then none was wanted. */
export type BuildOutcome =
  | { kind: "built" | "skipped" | "nothing_to_do" }
  | { kind: "failed"; reason: string };

/**
 * Builds a report: its model once, its files from the model, then a message for each mail. Every step is kept, so that
 * a second run, or one after a crash, goes on where the first stopped and sends nothing twice. Throws when something
 * is out of reach: to be run again.
 */
export async function buildReport(
  deps: BuildReportDeps,
  { database, reportId }: BuildReportInput,
): Promise<BuildOutcome> {
  const db = deps.databases.named(database);
  const work = await findReportWork(db, reportId);
  if (work === null || work.deletedAt !== null) return { kind: "nothing_to_do" };
  const { report } = work;
  if (report.status === "ready") {
    // The run that made it ready may have ended before it asked for every mail.
    await enqueueDeliveries(deps, { database, reportId: report.id });
    return { kind: "nothing_to_do" };
  }
  if (report.status !== "pending") return { kind: "nothing_to_do" };

  const made = await makeModel(deps, { database, report });
  if (!made.ok) {
    await markReportFailed(db, { publicId: reportId, failure: made.error.reason });
    return { kind: "failed", reason: made.error.reason };
  }
  const { model, runKey } = made.value;
  if (report.options.skipEmpty && isReportOfNothing(model)) {
    await markSkipped(db, { id: report.id, at: deps.clock.now() });
    return { kind: "skipped" };
  }
  if (runKey !== null) await keepReportRun(deps, { db, report, model, runKey });
  return await makeReady(deps, { database, work, model });
}

type Making = { database: string; work: ReportWork; model: ReportModel };

async function makeReady(deps: BuildReportDeps, { database, work, model }: Making): Promise<BuildOutcome> {
  const db = deps.databases.named(database);
  const { report } = work;
  const files = await makeFiles(deps, report, model);
  const isReady = await markReady(db, { id: report.id, files, at: deps.clock.now() });
  if (isReady) {
    await enqueueDeliveries(deps, { database, reportId: report.id });
    return { kind: "built" };
  }
  // Another run was faster, which made the same files; or the report was deleted meanwhile, and they must go.
  const now = await findReportWork(db, report.publicId);
  if (now === null || now.deletedAt !== null)
    await discardFiles(deps, { report: now?.report ?? null, files });
  return { kind: "nothing_to_do" };
}
