import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import type { NewDelivery, NewReport } from "#db/queries/reports/write-report.ts";

/** A report of a schedule: one for each of its periods. */
export type Run = {
  scheduleId: number;
  report: NewReport & {
    /** The day of sending, or the name of a run that somebody asked for. */
    period: string;
    /** Null: it is to be built. Else it has failed already, and why. */
    failure: string | null;
  };
  deliveries: readonly NewDelivery[];
};

export type DueRun = Run & {
  /** The schedule as it was read: a run of one that was changed since, or has begun elsewhere, is left out. */
  dueAt: Date;
  updatedAt: Date;
  /** Null: it cannot go on; nothing is due any more. */
  nextAt: Date | null;
};

/**
 * Begins the runs of schedules that are due: the report, its deliveries and the next time of the schedule, all of them or
 * nothing. A period that has a report gets no second one, and of two crons at once one begins it. Answers the public ids
 * of reports that are to be built.
 */
export async function beginRuns(db: Database, runs: readonly DueRun[]): Promise<string[]> {
  const { rows } = await db.execute<{ public_id: string }>(sql`
    with entry as (
      select * from jsonb_to_recordset(${JSON.stringify(runs)}::jsonb) as e ("scheduleId" int, report jsonb,
        deliveries jsonb, "dueAt" timestamptz, "updatedAt" timestamptz, "nextAt" timestamptz)
    ),
    picked as (
      select s.id from site.report_schedules s join entry e on e."scheduleId" = s.id
      where s.next_at = e."dueAt" and s.updated_at = e."updatedAt" and s.deleted_at is null
      order by s.id for update of s skip locked
    ),
    advanced as (
      update site.report_schedules s set next_at = e."nextAt", failure = e.report ->> 'failure'
      from picked join entry e on e."scheduleId" = picked.id
      where s.id = picked.id
    ),
    ${insertReports}
    select public_id from made where status = 'pending'`);
  return rows.map((row) => row.public_id);
}

/**
 * Writes a run that somebody asked for, beside those that are due. Its period has one already: then nothing changes, and
 * false.
 */
export async function insertRun(db: Database, run: Run): Promise<boolean> {
  const { rows } = await db.execute(sql`
    with entry as (
      select * from jsonb_to_recordset(${JSON.stringify([run])}::jsonb) as e ("scheduleId" int, report jsonb,
        deliveries jsonb)
    ),
    picked as (
      select s.id from site.report_schedules s join entry e on e."scheduleId" = s.id where s.deleted_at is null
    ),
    ${insertReports}
    select id from made`);
  return rows.length > 0;
}

/** `made`: the reports of `picked` with their deliveries, those left out whose period has one. */
const insertReports: SQL = sql`
    made as (
      insert into site.reports (account_id, site_id, campaign_id, campaign_ids, public_id, kind, title, options,
        schedule_id, period, status, failure, created_by, created_at)
      select r."accountId", r."siteId", case when cardinality(r."campaignIds") = 1 then r."campaignIds"[1] end,
        r."campaignIds", r."publicId", r.kind, r.title, r.options, picked.id, r.period,
        case when r.failure is null then 'pending' else 'failed' end, r.failure, r."createdBy", r."createdAt"
      from picked join entry e on e."scheduleId" = picked.id,
        jsonb_to_record(e.report) as r ("accountId" int, "siteId" int, "campaignIds" int[], "publicId" text, kind text,
          title text, options jsonb, period text, failure text, "createdBy" int, "createdAt" timestamptz)
      on conflict (schedule_id, period) do nothing
      returning id, account_id, public_id, schedule_id, status, created_at
    ),
    mails as (
      insert into site.report_deliveries (account_id, report_id, public_id, recipient, status, failure_kind, failure,
        created_at)
      select m.account_id, m.id, d.entry ->> 'publicId', d.entry ->> 'recipient', m.status,
        case when m.status = 'failed' then 'not_built' end,
        case when m.status = 'failed' then 'The report could not be built' end, m.created_at
      from made m join entry e on e."scheduleId" = m.schedule_id,
        jsonb_array_elements(e.deliveries) with ordinality as d (entry, n)
      order by m.id, d.n
    )`;

/** The public id of a schedule's report of a period; null when there is none. */
export async function findRun(
  db: Database,
  { scheduleId, period }: { scheduleId: number; period: string },
): Promise<string | null> {
  const { rows } = await db.execute<{ public_id: string }>(sql`
    select public_id from site.reports where schedule_id = ${scheduleId} and period = ${period}`);
  return rows[0]?.public_id ?? null;
}
