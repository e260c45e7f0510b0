import type { Delivery, DeliveryFailure, Report } from "#contract/reports.ts";
import type { DeliveryRecord, ReportRecord } from "#db/queries/reports/report-record.ts";

/** A stored report as the API shows it. */
export function showReport(record: ReportRecord): Report {
  const { options } = record;
  return {
    id: record.publicId,
    siteId: record.sitePublicId,
    campaigns: record.campaigns,
    kind: record.kind,
    title: record.title,
    range: { from: options.from, to: options.to },
    compare: options.compare,
    model: options.model,
    lookbackDays: options.lookbackDays,
    currency: options.currency,
    status: record.status,
    failure: record.failure,
    schedule: scheduleOf(record),
    recomputeOf: record.recomputeOf,
    dataVersion: record.dataVersion,
    files: filesOf(record),
    replacedGlyphs: record.replacedGlyphs ?? [],
    deliveries: record.deliveries.map(showDelivery),
    createdAt: record.createdAt.toISOString(),
    readyAt: record.readyAt?.toISOString() ?? null,
    expiredAt: record.expiredAt?.toISOString() ?? null,
  };
}

function scheduleOf({ schedulePublicId, scheduleName, period }: ReportRecord): Report["schedule"] {
  return schedulePublicId === null || period === null
    ? null
    : { id: schedulePublicId, name: scheduleName ?? "", period };
}

/** The model is there before the files; it is told of with them. */
function filesOf(record: ReportRecord): Report["files"] {
  if (record.status !== "ready" || record.expiredAt !== null)
    return { pdf: null, xlsx: null, csv: null, json: null };
  const { pdfBytes, xlsxBytes, csvBytes, modelBytes } = record;
  return { pdf: pdfBytes, xlsx: xlsxBytes, csv: csvBytes, json: modelBytes };
}

function showDelivery({ publicId, failureKind, ...delivery }: DeliveryRecord): Delivery {
  // Only kinds of the contract are ever written.
  return { id: publicId, ...delivery, failureKind: failureKind as DeliveryFailure | null };
}
