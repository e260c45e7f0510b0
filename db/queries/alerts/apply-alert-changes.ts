import { sql, type SQL } from "drizzle-orm";

import type { AlertCause, MissingReason } from "#core/alerts/alert-cause.ts";
import type { Database } from "#db/database.ts";
import { alertColumns, alertTables, type AlertRecord } from "./alert-record.ts";

/** Everything that is open. Control database. */
export async function listOpenAlerts(control: Database): Promise<AlertRecord[]> {
  const { rows } = await control.execute<AlertRecord>(sql`
    select ${alertColumns} from ${alertTables} where a.status <> 'resolved' order by a.id`);
  return rows;
}

/** What a run makes of one alert. */
export type AlertChange = {
  /** Null: it begins with this. */
  id: number | null;
  /** As it was read: one that was changed since stays as it is. */
  version: number;
  publicId: string;
  accountId: number | null;
  siteId: number | null;
  sitePublicId: string | null;
  siteName: string | null;
  database: string;
  kind: string;
  subject: string;
  key: string;
  /** `dropped`: it was pending, and is forgotten. */
  status: "pending" | "firing" | "resolved" | "dropped";
  resolution: "recovered" | "ended" | null;
  cause: AlertCause;
  /** Instants as ISO text. */
  badSince: string;
  goodSince: string | null;
  firedAt: string | null;
  resolvedAt: string | null;
  measuredAt: string;
  lookedAt: string;
  missing: MissingReason | null;
  reminders: number;
};

export type NewAlertDelivery = {
  publicId: string;
  /** Public id of the alert. */
  alert: string;
  channelId: number;
  notice: string;
  message: unknown;
  isHeld: boolean;
  nextAttemptAt: string;
};

/**
 * Writes what a run makes of alerts and, with each, what is to be told of it: all of it or nothing. A row is written only
 * as it was read and a place has one open alert, so that of two runs at once one writes, and only that one tells. That
 * it is over is told where it was told that it began; where quiet hours still hold that back, neither is. The public ids
 * of what is to be sent at once. Control database.
 */
export async function applyAlertChanges(
  control: Database,
  input: { changes: readonly AlertChange[]; deliveries: readonly NewAlertDelivery[]; at: Date },
): Promise<string[]> {
  if (input.changes.length === 0) return [];
  const { rows } = await control.execute<{ publicId: string }>(sql`
    with ${changeRows(input.changes)},
    begun as (
      insert into control.alerts (public_id, account_id, site_id, site_public_id, site_name, database, kind, subject,
        key, status, cause, bad_since, fired_at, measured_at, looked_at, missing)
      select "publicId", "accountId", "siteId", "sitePublicId", "siteName", database, kind, subject, key, status, cause,
        "badSince", "firedAt", "measuredAt", "lookedAt", missing
      from change where id is null order by key
      on conflict (key) where status <> 'resolved' do nothing
      returning id, public_id, status
    ),
    moved as (
      update control.alerts a
      set status = c.status, resolution = c.resolution, cause = c.cause, bad_since = c."badSince",
        good_since = c."goodSince", fired_at = c."firedAt", resolved_at = c."resolvedAt",
        measured_at = c."measuredAt", looked_at = c."lookedAt", missing = c.missing, reminders = c.reminders,
        version = a.version + 1
      from change c where a.id = c.id and a.version = c.version and c.status <> 'dropped'
      returning a.id, a.public_id, a.status
    ),
    dropped as (
      delete from control.alerts a using change c
      where a.id = c.id and a.version = c.version and c.status = 'dropped' and a.status = 'pending'
    ),
    written as (select * from begun union all select * from moved),
    cancelled as (
      update control.alert_deliveries d set status = 'cancelled', next_attempt_at = null
      from moved m
      where m.status = 'resolved' and d.alert_id = m.id and d.status = 'waiting' and d.is_held and d.attempts = 0
    ),
    ${tellRows(input)}
    select public_id as "publicId" from told where not is_held`);
  return rows.map(({ publicId }) => publicId);
}

function changeRows(changes: readonly AlertChange[]): SQL {
  return sql`
    change as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c (id int, version int,
        "publicId" text, "accountId" int, "siteId" int, "sitePublicId" text, "siteName" text, database text, kind text,
        subject text, key text, status text, resolution text, cause jsonb, "badSince" timestamptz,
        "goodSince" timestamptz, "firedAt" timestamptz, "resolvedAt" timestamptz, "measuredAt" timestamptz,
        "lookedAt" timestamptz, missing text, reminders int)
    )`;
}

function tellRows({ deliveries, at }: { deliveries: readonly NewAlertDelivery[]; at: Date }): SQL {
  return sql`
    told as (
      insert into control.alert_deliveries (public_id, alert_id, channel_id, notice, message, status, is_held,
        created_at, next_attempt_at)
      select n."publicId", w.id, n."channelId", n.notice, n.message, 'waiting', n."isHeld",
        ${at.toISOString()}::timestamptz, n."nextAttemptAt"
      from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) as n ("publicId" text, alert text,
        "channelId" int, notice text, message jsonb, "isHeld" boolean, "nextAttemptAt" timestamptz)
      join written w on w.public_id = n.alert
      where n.notice <> 'resolved' or exists (
        select from control.alert_deliveries d
        where d.alert_id = w.id and d.channel_id = n."channelId" and d.notice <> 'resolved'
          and d.status <> 'cancelled' and not (d.status = 'waiting' and d.is_held and d.attempts = 0))
      on conflict on constraint alert_deliveries_notice_key do nothing
      returning public_id, is_held
    )`;
}
