import type { Report } from "#contract/reports.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";

/** A stored report as the API shows it. */
export function showReport(record: ReportRecord): Report {
  const { options } = record;
  return {
    id: record.publicId,
    siteId: record.sitePublicId,
    campaign:
      record.campaignPublicId === null
        ? null
        : { id: record.campaignPublicId, name: record.campaignName ?? "" },
    kind: record.kind,
    title: record.title,
    range: { from: options.from, to: options.to },
    model: options.model,
    lookbackDays: options.lookbackDays,
    status: record.status,
    failure: record.failure,
    pdfBytes: record.pdfBytes,
    csvBytes: record.csvBytes,
    replacedGlyphs: record.replacedGlyphs ?? [],
    deliveries: record.deliveries.map(({ publicId, ...delivery }) => ({ id: publicId, ...delivery })),
    createdAt: record.createdAt.toISOString(),
    readyAt: record.readyAt?.toISOString() ?? null,
  };
}
