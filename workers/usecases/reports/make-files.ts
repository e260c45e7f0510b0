import type { ReportModel } from "#core/report/report-model.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";
import type { ReportFiles } from "#db/queries/reports/write-report.ts";
import type { RenderedCsv } from "#rendering/render-csv.ts";
import type { RenderedPdf } from "#rendering/render-pdf.ts";
import type { Deps } from "#usecases/deps.ts";
import { deleteRunObject } from "#usecases/runs/run-object.ts";
import { folderOf } from "./load-figures.ts";

export type Renderers = {
  /** The PDF renderer with its fonts; `logo`: bytes of a PNG or JPEG. */
  renderPdf: (model: ReportModel, logo: Uint8Array | null) => Promise<RenderedPdf>;
  renderXlsx: (model: ReportModel) => Promise<Uint8Array<ArrayBuffer>>;
  renderCsv: (model: ReportModel) => Promise<RenderedCsv>;
};

type FilesDeps = Pick<Deps, "reportStore" | "log"> & Renderers;

/** The files of a report, one after the other: an isolate need not hold all of them at once. */
export async function makeFiles(
  deps: FilesDeps,
  report: Pick<ReportRecord, "accountId" | "publicId">,
  model: ReportModel,
): Promise<ReportFiles> {
  const accountId = folderOf(report.accountId, report.publicId);
  const put = async (type: "pdf" | "xlsx" | "csv" | "zip", bytes: Uint8Array) => {
    const { key } = await deps.reportStore.put({ accountId, type, bytes });
    return { key, sizeBytes: bytes.length };
  };
  const rendered = await deps.renderPdf(model, await logoOf(deps, model));
  for (const warning of rendered.warnings) deps.log("warn", warning, { reportId: report.publicId });
  const pdf = await put("pdf", rendered.bytes);
  const xlsx = await put("xlsx", await deps.renderXlsx(model));
  const table = await deps.renderCsv(model);
  const csv = await put(table.extension, table.bytes);
  return {
    pdfKey: pdf.key,
    pdfBytes: pdf.sizeBytes,
    xlsxKey: xlsx.key,
    xlsxBytes: xlsx.sizeBytes,
    csvKey: csv.key,
    csvBytes: csv.sizeBytes,
    replacedGlyphs: rendered.replacedGlyphs,
  };
}

/** A logo that is gone is no reason for no report: Waymark's own sign stands in its place. */
async function logoOf({ reportStore }: FilesDeps, { branding }: ReportModel): Promise<Uint8Array | null> {
  const file = branding.logoKey === null ? null : await reportStore.get(branding.logoKey);
  return file === null ? null : await file.bytes();
}

type Left = { report: Pick<ReportRecord, "modelKey" | "runKey"> | null; files: ReportFiles };

/** Takes away what was made for a report that is gone. */
export async function discardFiles(
  { reportStore }: Pick<Deps, "reportStore">,
  { report, files }: Left,
): Promise<void> {
  const { pdfKey, xlsxKey, csvKey } = files;
  const keys = [report?.modelKey ?? null, pdfKey, xlsxKey, csvKey].filter((key) => key !== null);
  await Promise.all(keys.map(async (key) => await reportStore.delete(key)));
  if (report?.runKey) await deleteRunObject(reportStore, report.runKey);
}
