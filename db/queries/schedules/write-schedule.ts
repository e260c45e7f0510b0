import { and, eq, isNull, sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reportSchedules } from "#db/schema/site/report-schedules.ts";
import type { ScheduleContent, ScheduleRecord } from "./schedule-record.ts";

/** What a member says about a schedule. */
export type ScheduleFields = Pick<
  ScheduleRecord,
  | "siteId"
  | "campaignIds"
  | "name"
  | "kind"
  | "cadence"
  | "weekday"
  | "monthDay"
  | "hour"
  | "timeZone"
  | "covers"
  | "formats"
  | "subject"
  | "note"
  | "skipEmpty"
> & { content: ScheduleContent };

export type NewRecipient = { address: string; unsubscribeToken: string };

export type NewSchedule = ScheduleFields & {
  accountId: number;
  publicId: string;
  nextAt: Date;
  createdBy: number | null;
  createdAt: Date;
};

/** Writes a schedule and its recipients, all or nothing. */
export async function insertSchedule(
  db: Database,
  { schedule, recipients }: { schedule: NewSchedule; recipients: readonly NewRecipient[] },
): Promise<void> {
  const { content, ...fields } = schedule;
  await db.batch([
    db.insert(reportSchedules).values({ ...fields, options: content, updatedAt: schedule.createdAt }),
    db.execute(enterRecipients({ ...schedule, recipients, at: schedule.createdAt })),
  ]);
}

export type ScheduleChanges = Partial<ScheduleFields> & {
  nextAt: Date | null;
  pausedAt: Date | null;
  failure?: null;
};

type OfAccount = { accountId: number; publicId: string };

/**
 * Writes the fields that are given and, unless `recipients` is null, who gets it: whoever is left out is taken off the
 * list, and whoever unsubscribed stays unsubscribed even when they are entered again. All or nothing.
 */
export async function updateSchedule(
  db: Database,
  schedule: OfAccount,
  change: { changes: ScheduleChanges; recipients: readonly NewRecipient[] | null; at: Date },
): Promise<void> {
  const { content, ...fields } = change.changes;
  const { recipients, at } = change;
  const update = db
    .update(reportSchedules)
    .set({ ...fields, ...(content && { options: content }), updatedAt: at })
    .where(ofAccount(schedule));
  if (recipients === null) {
    await update;
    return;
  }
  const kept = JSON.stringify(recipients.map(({ address }) => address));
  await db.batch([
    update,
    db.execute(enterRecipients({ ...schedule, recipients, at })),
    db.execute(sql`
      update site.report_recipients p set removed_at = ${at.toISOString()}::timestamptz
      from site.report_schedules s
      where s.public_id = ${schedule.publicId} and s.account_id = ${schedule.accountId} and s.deleted_at is null
        and p.schedule_id = s.id and p.removed_at is null
        and p.address not in (select jsonb_array_elements_text(${kept}::jsonb))`),
  ]);
}

function enterRecipients(entry: OfAccount & { recipients: readonly NewRecipient[]; at: Date }): SQL {
  return sql`
    insert into site.report_recipients as p (schedule_id, address, unsubscribe_token, added_at)
    select s.id, e.address, e."unsubscribeToken", ${entry.at.toISOString()}::timestamptz
    from site.report_schedules s,
      jsonb_to_recordset(${JSON.stringify(entry.recipients)}::jsonb) as e (address text, "unsubscribeToken" text)
    where s.public_id = ${entry.publicId} and s.account_id = ${entry.accountId} and s.deleted_at is null
    on conflict (schedule_id, address) do update set removed_at = null, added_at = excluded.added_at
    where p.removed_at is not null`;
}

/** Ends a schedule; its reports stay. A second time changes nothing. */
export async function deleteSchedule(db: Database, schedule: OfAccount, at: Date): Promise<void> {
  await db
    .update(reportSchedules)
    .set({ deletedAt: at, updatedAt: at, nextAt: null })
    .where(ofAccount(schedule));
}

/** Puts a schedule off whose run cannot be begun; null: until somebody mends it. For jobs only. */
export async function haltSchedule(
  db: Database,
  { id, nextAt, failure }: { id: number; nextAt: Date | null; failure: string },
): Promise<void> {
  await db.update(reportSchedules).set({ nextAt, failure }).where(eq(reportSchedules.id, id));
}

function ofAccount({ accountId, publicId }: OfAccount): SQL | undefined {
  return and(
    eq(reportSchedules.accountId, accountId),
    eq(reportSchedules.publicId, publicId),
    isNull(reportSchedules.deletedAt),
  );
}
