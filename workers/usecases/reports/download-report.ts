import { reportFileName } from "#core/report/report-file-name.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findReport } from "#db/queries/reports/find-report.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import type { ReportNotFound } from "./get-report.ts";

export type ReportFormat = "pdf" | "csv";
export type ReportFile = {
  name: string;
  contentType: string;
  sizeBytes: number;
  body: ReadableStream;
};
export type DownloadRefusal =
  | ReportNotFound
  | { kind: "report_not_ready"; status: "pending" | "failed"; failure: string | null };

export type DownloadInput = { principal: Principal; reportId: string; format: ReportFormat };

/** A file of a report that is ready, as a stream. */
export async function downloadReport(
  deps: Pick<Deps, "databases" | "reportStore">,
  { principal, reportId, format }: DownloadInput,
): Promise<Result<ReportFile, DownloadRefusal>> {
  const db = deps.databases.named(principal.database);
  const report = await findReport(db, { accountId: principal.accountId, publicId: reportId });
  if (report === null) return fail({ kind: "report_not_found" });
  const { status, failure } = report;
  if (status !== "ready") return fail({ kind: "report_not_ready", status, failure });

  const key = format === "pdf" ? report.pdfKey : report.csvKey;
  const file = key === null ? null : await deps.reportStore.get(key);
  if (file === null) return fail({ kind: "report_not_found" });
  const { from, to } = report.options;
  const name = reportFileName({ title: report.title, from, to, extension: format });
  return ok({ name, contentType: file.contentType, sizeBytes: file.sizeBytes, body: file.body });
}
