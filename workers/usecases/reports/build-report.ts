import type { ReportModel } from "#core/report/report-model.ts";
import { findReportWork, type ReportWork } from "#db/queries/reports/find-report.ts";
import {
  keepModel,
  markReady,
  markReportFailed,
  type ReportFiles,
} from "#db/queries/reports/write-report.ts";
import type { RenderedPdf } from "#rendering/render-pdf.ts";
import { enqueueDeliveries } from "#usecases/delivery/enqueue-deliveries.ts";
import type { Deps } from "#usecases/deps.ts";
import { composeModel } from "./compose-model.ts";
import type { LoadFigures } from "./load-figures.ts";
import { readModel, writeModel } from "./stored-model.ts";

export type BuildReportDeps = Pick<Deps, "databases" | "clock" | "workQueue" | "reportStore" | "log"> & {
  /** `#usecases/reports/load-figures.ts`. */
  loadFigures: LoadFigures;
  /** The PDF renderer with its fonts. */
  renderPdf: (model: ReportModel) => Promise<RenderedPdf>;
  renderCsv: (model: ReportModel) => Uint8Array;
};

/** `reportId`: public id. */
export type BuildReportInput = { database: string; reportId: string };

/** `nothing_to_do`: it is built already, given up or deleted. */
export type BuildOutcome = { kind: "built" | "nothing_to_do" } | { kind: "failed"; reason: string };

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
  if (work === null || work.deletedAt !== null || work.report.status === "failed") {
    return { kind: "nothing_to_do" };
  }
  if (work.report.status === "ready") {
    // The run that made it ready may have ended before it asked for every mail.
    await enqueueDeliveries(deps, { database, reportId: work.report.id });
    return { kind: "nothing_to_do" };
  }

  const model = await modelOf(deps, { database, work });
  if ("failure" in model) {
    await markReportFailed(db, { publicId: reportId, failure: model.failure });
    return { kind: "failed", reason: model.failure };
  }
  const files = await makeFiles(deps, work, model);
  const isReady = await markReady(db, { id: work.report.id, files, at: deps.clock.now() });
  if (!isReady) return await afterOther(deps, { database, work, files });
  await enqueueDeliveries(deps, { database, reportId: work.report.id });
  return { kind: "built" };
}

type Job = { database: string; work: ReportWork };

/** The model that is kept; made from the figures of this moment when there is none. */
async function modelOf(
  deps: BuildReportDeps,
  { database, work }: Job,
): Promise<ReportModel | { failure: string }> {
  const { report, site } = work;
  if (report.modelKey !== null) {
    const kept = await readModel(deps.reportStore, report.modelKey);
    if (kept !== null) return kept;
  }
  const figures = await deps.loadFigures(deps, {
    site: { ...site, database },
    campaignId: report.campaignId,
    options: report.options,
  });
  if (!figures.ok) return { failure: FAILURES[figures.error.kind] };

  const generatedAt = deps.clock.now();
  const made = composeModel({ report, siteName: site.name, figures: figures.value, generatedAt });
  const modelKey = await writeModel(deps.reportStore, folderOf(work), made);
  const keptKey = await keepModel(deps.databases.named(database), { id: report.id, modelKey });
  return keptKey === modelKey ? made : ((await readModel(deps.reportStore, keptKey)) ?? made);
}

const FAILURES = {
  not_found: "The campaign or the site is not there any more",
  invalid_range: "The range of days is not valid",
};

async function makeFiles(deps: BuildReportDeps, work: ReportWork, model: ReportModel): Promise<ReportFiles> {
  const accountId = folderOf(work);
  const pdf = await deps.renderPdf(model);
  const csv = deps.renderCsv(model);
  const [{ key: pdfKey }, { key: csvKey }] = await Promise.all([
    deps.reportStore.put({ accountId, type: "pdf", bytes: pdf.bytes }),
    deps.reportStore.put({ accountId, type: "csv", bytes: csv }),
  ]);
  return {
    pdfKey,
    pdfBytes: pdf.bytes.length,
    csvKey,
    csvBytes: csv.length,
    replacedGlyphs: pdf.replacedGlyphs,
  };
}

/** Below the account a folder for each report: no two share a file, so deleting one can take its files along. */
function folderOf({ site, report }: ReportWork): string {
  return `${site.accountId}/${report.publicId}`;
}

/** Another run was faster, which made the same files; or the report was deleted meanwhile, and they must go. */
async function afterOther(
  deps: BuildReportDeps,
  { database, work, files }: Job & { files: ReportFiles },
): Promise<BuildOutcome> {
  const now = await findReportWork(deps.databases.named(database), work.report.publicId);
  if (now === null || now.deletedAt !== null) {
    const keys = [now?.report.modelKey ?? null, files.pdfKey, files.csvKey].filter((key) => key !== null);
    await Promise.all(keys.map(async (key) => await deps.reportStore.delete(key)));
  }
  return { kind: "nothing_to_do" };
}
