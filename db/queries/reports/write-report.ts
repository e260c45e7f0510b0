import { and, eq, isNull, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reports } from "#db/schema/site/reports.ts";
import type { ReportOptions } from "./report-record.ts";

export type NewReport = {
  publicId: string;
  siteId: number;
  campaignId: number | null;
  kind: string;
  title: string;
  options: ReportOptions;
  createdBy: number | null;
  createdAt: Date;
};

export type NewDelivery = { publicId: string; recipient: string };

/** Writes a report that is to be built, and a delivery for each recipient, all or nothing. */
export async function insertReport(
  db: Database,
  { report, deliveries }: { report: NewReport; deliveries: readonly NewDelivery[] },
): Promise<void> {
  await db.batch([
    db.insert(reports).values({ ...report, status: "pending" }),
    db.execute(sql`
      insert into site.report_deliveries (site_id, report_id, public_id, recipient, status, created_at)
      select r.site_id, r.id, d.entry ->> 'publicId', d.entry ->> 'recipient', 'pending', r.created_at
      from site.reports r,
        jsonb_array_elements(${JSON.stringify(deliveries)}::jsonb) with ordinality as d (entry, n)
      where r.public_id = ${report.publicId} and r.site_id = ${report.siteId}
      order by d.n`),
  ]);
}

/** Takes back a report that nobody was told of. */
export async function discardReport(
  db: Database,
  { siteId, publicId }: { siteId: number; publicId: string },
): Promise<void> {
  await db.delete(reports).where(and(eq(reports.siteId, siteId), eq(reports.publicId, publicId)));
}

/**
 * Keeps which model the report is made from, unless one is kept already: of two builds at once the first decides.
 * Answers the key that is kept.
 */
export async function keepModel(
  db: Database,
  { id, modelKey }: { id: number; modelKey: string },
): Promise<string> {
  const rows = await db
    .update(reports)
    .set({ modelKey: sql`coalesce(${reports.modelKey}, ${modelKey})` })
    .where(eq(reports.id, id))
    .returning({ modelKey: reports.modelKey });
  return rows[0]?.modelKey ?? modelKey;
}

export type ReportFiles = {
  pdfKey: string;
  pdfBytes: number;
  csvKey: string;
  csvBytes: number;
  replacedGlyphs: string[];
};

/** Makes a pending report ready; false when it was not pending any more, and then nothing changes. */
export async function markReady(
  db: Database,
  { id, files, at }: { id: number; files: ReportFiles; at: Date },
): Promise<boolean> {
  const rows = await db
    .update(reports)
    .set({ ...files, status: "ready", readyAt: at })
    .where(and(eq(reports.id, id), eq(reports.status, "pending"), isNull(reports.deletedAt)))
    .returning({ id: reports.id });
  return rows.length > 0;
}

/** Gives a pending report up, with its deliveries; a report that is ready stays so. */
export async function markReportFailed(
  db: Database,
  { publicId, failure }: { publicId: string; failure: string },
): Promise<void> {
  await db.execute(sql`
    with given_up as (
      update site.reports set status = 'failed', failure = ${failure}
      where public_id = ${publicId} and status = 'pending'
      returning id
    )
    update site.report_deliveries d set status = 'failed', failure = 'The report could not be built'
    from given_up where d.report_id = given_up.id and d.status = 'pending'`);
}

/** Takes a report away for everyone, with the deliveries that have not begun. A second time changes nothing. */
export async function deleteReport(
  db: Database,
  { siteId, id, at }: { siteId: number; id: number; at: Date },
): Promise<void> {
  await db.execute(sql`
    with gone as (
      update site.reports set deleted_at = ${at.toISOString()}::timestamptz
      where site_id = ${siteId} and id = ${id} and deleted_at is null
      returning id
    )
    update site.report_deliveries d set status = 'failed', failure = 'The report was deleted before it was sent'
    from gone where d.report_id = gone.id and d.status = 'pending' and d.attempts = 0`);
}
