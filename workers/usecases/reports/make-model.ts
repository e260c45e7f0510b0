import type { ReportModel } from "#core/report/report-model.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";
import { keepModel } from "#db/queries/reports/write-report.ts";
import type { Deps } from "#usecases/deps.ts";
import { deleteRunObject, readRunObject, writeRunObject } from "#usecases/runs/run-object.ts";
import { composeModel } from "./compose-model.ts";
import { folderOf, type FiguresFailure, type LoadFigures, type ReportFigures } from "./load-figures.ts";
import { readModel, writeModel } from "./stored-model.ts";

type ModelDeps = Pick<Deps, "databases" | "clock" | "ids" | "reportStore"> & { loadFigures: LoadFigures };

export type MadeModel = {
  model: ReportModel;
  /** Of the run's object; null without one. */
  runKey: string | null;
};

/** The model that is kept; made from the figures of this moment when there is none. */
export async function makeModel(
  deps: ModelDeps,
  { database, report }: { database: string; report: ReportRecord },
): Promise<Result<MadeModel, { reason: string }>> {
  if (report.modelKey !== null) {
    const kept = await readModel(deps.reportStore, report.modelKey);
    if (kept !== null) return ok({ model: kept, runKey: report.runKey });
  }
  const figures = await deps.loadFigures(deps, { database, report });
  if (!figures.ok) return fail({ reason: FAILURES[figures.error.kind] });
  return ok(await keepFirst(deps, { database, report, figures: figures.value }));
}

const FAILURES: Readonly<Record<FiguresFailure["kind"], string>> = {
  not_found: "The campaign or the site is not there any more",
  invalid_range: "The range of days is not valid",
  no_chain: "Markov has more campaigns to look at than it can; take another model",
};

type Making = { database: string; report: ReportRecord; figures: ReportFigures };

/** Of two builds at once the first decides: what the other made goes. */
async function keepFirst(deps: ModelDeps, { database, report, figures }: Making): Promise<MadeModel> {
  const { reportStore } = deps;
  const folder = folderOf(report.accountId, report.publicId);
  const generatedAt = deps.clock.now();
  const run = runOf(figures);
  const runKey = run === null ? null : await writeRunObject(reportStore, folder, run);
  const runId = run === null ? null : deps.ids.publicId("run", generatedAt);
  const made = composeModel({ report, figures, generatedAt, runId });
  const { key: modelKey, sizeBytes: modelBytes } = await writeModel(reportStore, folder, made);
  const dataVersion = versionOf(made);
  const kept = await keepModel(deps.databases.named(database), report.id, {
    modelKey,
    modelBytes,
    dataVersion,
    runKey,
  });
  if (kept.modelKey === modelKey) return { model: made, runKey };
  await reportStore.delete(modelKey);
  if (runKey !== null && runKey !== kept.runKey) await forgetRun(deps, { mine: runKey, kept: kept.runKey });
  const other = await readModel(reportStore, kept.modelKey);
  if (other === null) throw new Error(`The model of report ${report.publicId} is gone`);
  return { model: other, runKey: kept.runKey };
}

function runOf({ sites }: ReportFigures) {
  const [only, ...more] = sites;
  return more.length === 0 ? (only?.run ?? null) : null;
}

/** Of one site as it is; of several each site's, in their order. */
function versionOf({ howComputed: { dataVersions } }: ReportModel): string {
  return dataVersions.map(({ dataVersion }) => dataVersion).join("+");
}

/** Days of two runs that have the same items are one file. */
async function forgetRun(
  { reportStore }: ModelDeps,
  { mine, kept }: { mine: string; kept: string | null },
): Promise<void> {
  const other = kept === null ? null : await readRunObject(reportStore, kept);
  await deleteRunObject(reportStore, mine, new Set(other?.days.map(({ key }) => key)));
}
