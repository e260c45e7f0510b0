import { sql } from "drizzle-orm";

import { campaigns } from "#db/schema/site/campaigns.ts";
import { reports } from "#db/schema/site/reports.ts";
import { sites } from "#db/schema/site/sites.ts";

/** What was asked for, kept as asked: a report built later, or again, answers the same question. */
export type ReportOptions = {
  /** Closed range of the site's days. */
  from: string;
  to: string;
  model: "first" | "last" | "linear";
  lookbackDays: number;
  direct: "keep" | "exclude_unless_only";
  compare: "previous" | "none";
  preparedFor: string | null;
  note: string | null;
  /** Who had it sent, as the reader knows them. */
  sender: string;
  /** The recipients who were members then: their mail leads to the dashboard. Kept, because a retry must be the same mail. */
  memberRecipients: string[];
};

export type DeliveryRecord = {
  publicId: string;
  recipient: string;
  status: "pending" | "sent" | "failed" | "unknown";
  failure: string | null;
  /** ISO instant. */
  sentAt: string | null;
};

export type ReportRecord = {
  id: number;
  publicId: string;
  siteId: number;
  sitePublicId: string;
  campaignId: number | null;
  campaignPublicId: string | null;
  campaignName: string | null;
  kind: string;
  title: string;
  options: ReportOptions;
  status: "pending" | "ready" | "failed";
  failure: string | null;
  modelKey: string | null;
  pdfKey: string | null;
  pdfBytes: number | null;
  csvKey: string | null;
  csvBytes: number | null;
  replacedGlyphs: string[] | null;
  deliveries: DeliveryRecord[];
  createdBy: number | null;
  createdAt: Date;
  readyAt: Date | null;
};

/** Columns of a `ReportRecord`, for a select of `reports` joined with `sites` and, outer, `campaigns`. */
export const reportColumns = {
  id: reports.id,
  publicId: reports.publicId,
  siteId: reports.siteId,
  sitePublicId: sites.publicId,
  campaignId: reports.campaignId,
  campaignPublicId: campaigns.publicId,
  campaignName: campaigns.name,
  kind: reports.kind,
  title: reports.title,
  options: sql<ReportOptions>`${reports.options}`,
  status: reports.status,
  failure: reports.failure,
  modelKey: reports.modelKey,
  pdfKey: reports.pdfKey,
  pdfBytes: reports.pdfBytes,
  csvKey: reports.csvKey,
  csvBytes: reports.csvBytes,
  replacedGlyphs: reports.replacedGlyphs,
  deliveries: sql<DeliveryRecord[]>`coalesce((
    select json_agg(json_build_object('publicId', d.public_id, 'recipient', d.recipient, 'status', d.status,
      'failure', d.failure, 'sentAt', to_char(d.sent_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      order by d.id)
    from site.report_deliveries d where d.report_id = ${reports.id}), '[]')`,
  createdBy: reports.createdBy,
  createdAt: reports.createdAt,
  readyAt: reports.readyAt,
};
