import { reportFileName } from "#core/report/report-file-name.ts";
import type { ReportFormat } from "#core/report/report-format.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findReport } from "#db/queries/reports/find-report.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";
import { renderJson } from "#rendering/render-json.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import type { ReportNotFound } from "./get-report.ts";
import { readModel } from "./stored-model.ts";

export type ReportFile = {
  name: string;
  contentType: string;
  sizeBytes: number;
  body: ReadableStream | Uint8Array<ArrayBuffer>;
};
export type NoFile =
  | { kind: "report_not_ready"; status: "pending" | "failed" | "skipped"; failure: string | null }
  /** It was kept as long as the account wants. */
  | { kind: "report_expired" };
export type DownloadRefusal = ReportNotFound | NoFile;

export type DownloadInput = { principal: Principal; reportId: string; format: ReportFormat };

/** A file of a report that is ready. */
export async function downloadReport(
  deps: Pick<Deps, "databases" | "reportStore">,
  { principal, reportId, format }: DownloadInput,
): Promise<Result<ReportFile, DownloadRefusal>> {
  const db = deps.databases.named(principal.database);
  const report = await findReport(db, { accountId: principal.accountId, publicId: reportId });
  return report === null ? fail({ kind: "report_not_found" }) : await fileOfReport(deps, report, { format });
}

/** A file of a report that was found, whoever may see it; `shown`: what of the model a reader is told. */
export async function fileOfReport(
  { reportStore }: Pick<Deps, "reportStore">,
  report: ReportRecord,
  { format, shown = (model) => model }: { format: ReportFormat; shown?: (model: ReportModel) => ReportModel },
): Promise<Result<ReportFile, DownloadRefusal>> {
  const obstacle = obstacleOf(report);
  if (obstacle !== null) return fail(obstacle);
  const key = keyOf(report, format);
  if (key === null) return fail({ kind: "report_not_found" });
  const { from, to } = report.options;
  const name = reportFileName({ title: report.title, from, to, extension: extensionOf(key) });
  if (format === "json") return await modelFile(reportStore, { key, name, shown });
  const file = await reportStore.get(key);
  if (file === null) return fail({ kind: "report_not_found" });
  return ok({ name, contentType: file.contentType, sizeBytes: file.sizeBytes, body: file.body });
}

/** Why a report has no file; null where it has. */
export function obstacleOf({ status, failure, expiredAt }: ReportRecord): NoFile | null {
  if (expiredAt !== null) return { kind: "report_expired" };
  return status === "ready" ? null : { kind: "report_not_ready", status, failure };
}

function keyOf(report: ReportRecord, format: ReportFormat): string | null {
  switch (format) {
    case "pdf":
      return report.pdfKey;
    case "xlsx":
      return report.xlsxKey;
    case "csv":
      return report.csvKey;
    case "json":
      return report.modelKey;
  }
}

/** CSV is a zip where there are several tables. */
function extensionOf(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1);
}

/** The model as the renderers read it: one that was stored in an older shape is brought into today's. */
async function modelFile(
  store: Deps["reportStore"],
  { key, name, shown }: { key: string; name: string; shown: (model: ReportModel) => ReportModel },
): Promise<Result<ReportFile, DownloadRefusal>> {
  const model = await readModel(store, key);
  if (model === null) return fail({ kind: "report_not_found" });
  const body = renderJson(shown(model));
  return ok({ name, contentType: "application/json", sizeBytes: body.length, body });
}
