import { sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { ReportKind } from "#core/report/report-model.ts";
import { reportSchedules } from "#db/schema/site/report-schedules.ts";
import { reports } from "#db/schema/site/reports.ts";
import { sites } from "#db/schema/site/sites.ts";
import { readReportOptions, type ReportOptions } from "./report-options.ts";

export type { ReportOptions } from "./report-options.ts";

export type DeliveryRecord = {
  publicId: string;
  recipient: string;
  status: "pending" | "built" | "sent" | "failed" | "unknown";
  failureKind: string | null;
  failure: string | null;
  attempts: number;
  /** ISO instants. */
  sentAt: string | null;
  bouncedAt: string | null;
  complainedAt: string | null;
  nextAttemptAt: string | null;
};

export type ReportRecord = {
  id: number;
  publicId: string;
  accountId: number;
  /** Null: of all sites of the account. */
  siteId: number | null;
  sitePublicId: string | null;
  siteName: string | null;
  campaignIds: number[];
  /** In the order in which they were asked for. */
  campaigns: { id: string; name: string }[];
  kind: ReportKind;
  title: string;
  options: ReportOptions;
  scheduleId: number | null;
  schedulePublicId: string | null;
  scheduleName: string | null;
  period: string | null;
  /** Public id. */
  recomputeOf: string | null;
  status: "pending" | "ready" | "failed" | "skipped";
  failure: string | null;
  dataVersion: string | null;
  modelKey: string | null;
  modelBytes: number | null;
  /** Of the attribution run's object. */
  runKey: string | null;
  pdfKey: string | null;
  pdfBytes: number | null;
  csvKey: string | null;
  csvBytes: number | null;
  xlsxKey: string | null;
  xlsxBytes: number | null;
  replacedGlyphs: string[] | null;
  deliveries: DeliveryRecord[];
  createdBy: number | null;
  createdAt: Date;
  readyAt: Date | null;
  expiredAt: Date | null;
};

/** The report that another one is worked out anew from. */
export const originals = alias(reports, "original");

/**
 * Columns of a `ReportRecord`, for a select of `reports` joined, outer, with `sites`, `report_schedules` and `originals`.
 */
export const reportColumns = {
  id: reports.id,
  publicId: reports.publicId,
  accountId: reports.accountId,
  siteId: reports.siteId,
  sitePublicId: sites.publicId,
  siteName: sites.name,
  campaignIds: reports.campaignIds,
  campaigns: sql<ReportRecord["campaigns"]>`coalesce((
    select json_agg(json_build_object('id', c.public_id, 'name', c.name)
      order by array_position(${reports.campaignIds}, c.id))
    from site.campaigns c where c.id = any(${reports.campaignIds})), '[]')`,
  kind: sql<ReportKind>`${reports.kind}`,
  title: reports.title,
  options: sql<ReportOptions>`${reports.options}`.mapWith(readReportOptions),
  scheduleId: reports.scheduleId,
  schedulePublicId: reportSchedules.publicId,
  scheduleName: reportSchedules.name,
  period: reports.period,
  recomputeOf: originals.publicId,
  status: reports.status,
  failure: reports.failure,
  dataVersion: reports.dataVersion,
  modelKey: reports.modelKey,
  modelBytes: reports.modelBytes,
  runKey: reports.runKey,
  pdfKey: reports.pdfKey,
  pdfBytes: reports.pdfBytes,
  csvKey: reports.csvKey,
  csvBytes: reports.csvBytes,
  xlsxKey: reports.xlsxKey,
  xlsxBytes: reports.xlsxBytes,
  replacedGlyphs: reports.replacedGlyphs,
  deliveries: sql<DeliveryRecord[]>`coalesce((
    select json_agg(json_build_object('publicId', d.public_id, 'recipient', d.recipient, 'status', d.status,
      'failureKind', d.failure_kind, 'failure', d.failure, 'attempts', d.attempts, 'sentAt', ${isoInstant("sent_at")},
      'bouncedAt', ${isoInstant("bounced_at")}, 'complainedAt', ${isoInstant("complained_at")},
      'nextAttemptAt', ${isoInstant("next_attempt_at")}) order by d.id)
    from site.report_deliveries d where d.report_id = ${reports.id}), '[]')`,
  createdBy: reports.createdBy,
  createdAt: reports.createdAt,
  readyAt: reports.readyAt,
  expiredAt: reports.expiredAt,
};

function isoInstant(column: "sent_at" | "bounced_at" | "complained_at" | "next_attempt_at") {
  return sql`to_char(d.${sql.raw(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
