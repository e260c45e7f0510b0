import { and, eq, isNull, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reports } from "#db/schema/site/reports.ts";
import type { ReportOptions } from "./report-options.ts";

export type NewReport = {
  publicId: string;
  accountId: number;
  /** Null: of all sites of the account. */
  siteId: number | null;
  /** Empty: all. */
  campaignIds: number[];
  kind: string;
  title: string;
  options: ReportOptions;
  /** Int of the report that it is worked out anew from. */
  recomputeOf: number | null;
  createdBy: number | null;
  createdAt: Date;
};

export type NewDelivery = { publicId: string; recipient: string };

/** Writes a report that is to be built, and a delivery for each recipient, all or nothing. */
export async function insertReport(
  db: Database,
  { report, deliveries }: { report: NewReport; deliveries: readonly NewDelivery[] },
): Promise<void> {
  const [campaignId = null] = report.campaignIds.length === 1 ? report.campaignIds : [];
  await db.batch([
    db.insert(reports).values({ ...report, campaignId, status: "pending" }),
    db.execute(sql`
      insert into site.report_deliveries (account_id, report_id, public_id, recipient, status, created_at)
      select r.account_id, r.id, d.entry ->> 'publicId', d.entry ->> 'recipient', 'pending', r.created_at
      from site.reports r,
        jsonb_array_elements(${JSON.stringify(deliveries)}::jsonb) with ordinality as d (entry, n)
      where r.public_id = ${report.publicId} and r.account_id = ${report.accountId}
      order by d.n`),
  ]);
}

/** Takes back a report that nobody was told of. */
export async function discardReport(
  db: Database,
  { accountId, publicId }: { accountId: number; publicId: string },
): Promise<void> {
  await db.delete(reports).where(and(eq(reports.accountId, accountId), eq(reports.publicId, publicId)));
}

export type KeptModel = {
  modelKey: string;
  modelBytes: number;
  dataVersion: string;
  /** Of the attribution run's object; null without one. */
  runKey: string | null;
};

/**
 * Keeps which model the report is made from, unless one is kept already: of two builds at once the first decides.
 * Answers the key that is kept, and that of its run.
 */
export async function keepModel(
  db: Database,
  id: number,
  { modelKey, modelBytes, dataVersion, runKey }: KeptModel,
): Promise<Pick<KeptModel, "modelKey" | "runKey">> {
  const isFirst = sql`${reports.modelKey} is null`;
  const rows = await db
    .update(reports)
    .set({
      modelKey: sql`coalesce(${reports.modelKey}, ${modelKey})`,
      modelBytes: sql`case when ${isFirst} then ${modelBytes}::int else ${reports.modelBytes} end`,
      dataVersion: sql`case when ${isFirst} then ${dataVersion}::text else ${reports.dataVersion} end`,
      runKey: sql`case when ${isFirst} then ${runKey}::text else ${reports.runKey} end`,
    })
    .where(eq(reports.id, id))
    .returning({ modelKey: reports.modelKey, runKey: reports.runKey });
  const [kept] = rows;
  return { modelKey: kept?.modelKey ?? modelKey, runKey: kept ? kept.runKey : runKey };
}

export type ReportFiles = {
  pdfKey: string;
  pdfBytes: number;
  csvKey: string;
  csvBytes: number;
  xlsxKey: string;
  xlsxBytes: number;
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

/** Ends a pending report of a schedule that sends nothing where nothing happened; it has no mails then. */
export async function markSkipped(db: Database, { id, at }: { id: number; at: Date }): Promise<void> {
  await db.batch([
    db
      .update(reports)
      .set({ status: "skipped", readyAt: at })
      .where(and(eq(reports.id, id), eq(reports.status, "pending"), isNull(reports.deletedAt))),
    db.execute(sql`
      delete from site.report_deliveries d using site.reports r
      where r.id = ${id} and r.status = 'skipped' and d.report_id = r.id and d.status = 'pending'`),
  ]);
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
    update site.report_deliveries d
    set status = 'failed', failure_kind = 'not_built', failure = 'The report could not be built'
    from given_up where d.report_id = given_up.id and d.status = 'pending'`);
}

/** Takes a report away for everyone, with the deliveries that have not begun. A second time changes nothing. */
export async function deleteReport(
  db: Database,
  { accountId, id, at }: { accountId: number; id: number; at: Date },
): Promise<void> {
  const moment = sql`${at.toISOString()}::timestamptz`;
  await db.execute(sql`
    with gone as (
      update site.reports set deleted_at = ${moment}
      where account_id = ${accountId} and id = ${id} and deleted_at is null
      returning id
    ),
    runs as (
      update site.attribution_runs r set deleted_at = ${moment}
      from gone where r.report_id = gone.id and r.deleted_at is null
    )
    update site.report_deliveries d
    set status = 'failed', failure_kind = 'deleted', failure = 'The report was deleted before it was sent'
    from gone where d.report_id = gone.id and d.status in ('pending', 'built') and d.attempts = 0`);
}
