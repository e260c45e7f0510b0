import { sql, type SQL } from "drizzle-orm";

import type { AlertMessage } from "#core/alerts/alert-message.ts";
import type { Database } from "#db/database.ts";
import type { ChannelKind } from "./alert-channels.ts";

export type AlertDeliveryWork = {
  id: number;
  publicId: string;
  status: "waiting" | "sent" | "failed" | "unknown" | "cancelled";
  attempts: number;
  doubt: string | null;
  failure: string | null;
  firstAttemptAt: Date | null;
  nextAttemptAt: Date | null;
  turnAt: Date | null;
  message: AlertMessage;
  channel: {
    kind: ChannelKind;
    target: string;
    accountId: number | null;
    /** Whose address it is, where it was made by itself; and whether they still run the installation. */
    userId: number | null;
    isSuperadmin: boolean;
    secret: string | null;
    previousSecret: string | null;
    previousSecretUntil: Date | null;
  };
};

const ms = (column: SQL): SQL => sql`(extract(epoch from ${column}) * 1000)::float8`;

/** A delivery with what sending it needs to know; null when there is none of that id. For jobs only. Control database. */
export async function findAlertDelivery(
  control: Database,
  publicId: string,
): Promise<AlertDeliveryWork | null> {
  const { rows } = await control.execute<RawWork>(sql`
    select d.id, d.public_id as "publicId", d.status, d.attempts, d.doubt, d.failure, d.message,
      ${ms(sql`d.first_attempt_at`)} as "firstMs", ${ms(sql`d.next_attempt_at`)} as "nextMs",
      ${ms(sql`d.turn_at`)} as "turnMs", c.kind, c.target, c.account_id as "accountId", c.user_id as "userId",
      coalesce(u.is_superadmin, false) as "isSuperadmin", c.secret, c.previous_secret as "previousSecret",
      ${ms(sql`c.previous_secret_until`)} as "previousMs"
    from control.alert_deliveries d
    join control.alert_channels c on c.id = d.channel_id
    left join control.users u on u.id = c.user_id
    where d.public_id = ${publicId} and c.deleted_at is null`);
  const [row] = rows;
  return row ? workOf(row) : null;
}

type RawWork = Omit<AlertDeliveryWork, "firstAttemptAt" | "nextAttemptAt" | "turnAt" | "channel"> &
  Omit<AlertDeliveryWork["channel"], "previousSecretUntil"> & {
    firstMs: number | null;
    nextMs: number | null;
    turnMs: number | null;
    previousMs: number | null;
  };

function workOf(row: RawWork): AlertDeliveryWork {
  const { firstMs, nextMs, turnMs, previousMs, kind, target, accountId, userId, isSuperadmin, ...rest } = row;
  const { secret, previousSecret, ...delivery } = rest;
  return {
    ...delivery,
    firstAttemptAt: dateOf(firstMs),
    nextAttemptAt: dateOf(nextMs),
    turnAt: dateOf(turnMs),
    channel: {
      kind,
      target,
      accountId,
      userId,
      isSuperadmin,
      secret,
      previousSecret,
      previousSecretUntil: dateOf(previousMs),
    },
  };
}

function dateOf(atMs: number | null): Date | null {
  return atMs === null ? null : new Date(atMs);
}

/** An attempt that wrote down no end may have been broken off after the message was taken. */
const BROKEN_OFF = "an attempt was broken off";

/**
 * Begins an attempt, before anything is sent: until it ends it is a doubt, and until `leaseUntil` nobody else begins one.
 * False when the delivery is settled or another attempt began since it was read. Control database.
 */
export async function beginAlertAttempt(
  control: Database,
  begin: { delivery: Pick<AlertDeliveryWork, "id" | "attempts">; at: Date; leaseUntil: Date },
): Promise<boolean> {
  const at = sql`${begin.at.toISOString()}::timestamptz`;
  const { rows } = await control.execute(sql`
    update control.alert_deliveries
    set attempts = attempts + 1, doubt = coalesce(doubt, ${BROKEN_OFF}),
      first_attempt_at = coalesce(first_attempt_at, ${at}),
      next_attempt_at = ${begin.leaseUntil.toISOString()}::timestamptz, turn_at = null
    where id = ${begin.delivery.id} and status = 'waiting' and attempts = ${begin.delivery.attempts}
    returning id`);
  return rows.length > 0;
}

export type AlertDeliveryState =
  | { status: "sent"; providerId: string; sentAt: Date }
  | { status: "waiting"; failure: string | null; doubt: string | null; nextAttemptAt: Date; turnAt?: Date }
  | { status: "failed" | "unknown"; failure: string };

/**
 * Writes what became of a delivery that has had `attempts` attempts. That it was sent holds whatever was written
 * meanwhile. False when it changed nothing. Control database.
 */
export async function writeAlertDelivery(
  control: Database,
  { id, attempts, state }: { id: number; attempts: number; state: AlertDeliveryState },
): Promise<boolean> {
  const isOpen =
    state.status === "sent" ? sql`status <> 'sent'` : sql`status = 'waiting' and attempts = ${attempts}`;
  const { rows } = await control.execute(sql`
    update control.alert_deliveries set ${valuesOf(state)} where id = ${id} and ${isOpen} returning id`);
  return rows.length > 0;
}

function valuesOf(state: AlertDeliveryState): SQL {
  switch (state.status) {
    case "sent":
      return sql`status = 'sent', provider_id = ${state.providerId || null}::text,
        sent_at = ${state.sentAt.toISOString()}::timestamptz, next_attempt_at = null, turn_at = null, failure = null,
        doubt = null`;
    case "waiting":
      return sql`failure = ${state.failure}, doubt = ${state.doubt},
        next_attempt_at = ${state.nextAttemptAt.toISOString()}::timestamptz,
        turn_at = ${state.turnAt?.toISOString() ?? null}::timestamptz`;
    case "failed":
    case "unknown":
      return sql`status = ${state.status}, failure = ${state.failure}, next_attempt_at = null, turn_at = null`;
  }
}

/**
 * Deliveries that are due and wait all the same, at most `limit`: the message that was to ask for them was lost, or quiet
 * hours are over. They are asked for again in a minute at the earliest. Control database.
 */
export async function claimDueAlerts(
  control: Database,
  { at, before, limit }: { at: Date; before: Date; limit: number },
): Promise<string[]> {
  const { rows } = await control.execute<{ publicId: string }>(sql`
    update control.alert_deliveries d set next_attempt_at = ${at.toISOString()}::timestamptz
    from (
      select id from control.alert_deliveries
      where status = 'waiting' and next_attempt_at <= ${before.toISOString()}::timestamptz
      order by next_attempt_at limit ${limit} for update skip locked
    ) as due
    where d.id = due.id
    returning d.public_id as "publicId"`);
  return rows.map(({ publicId }) => publicId);
}

/** Writes a test of a channel; false when there is one of this minute. Control database. */
export async function insertTestDelivery(
  control: Database,
  test: { publicId: string; channelId: number; notice: string; message: AlertMessage; at: Date },
): Promise<boolean> {
  const at = sql`${test.at.toISOString()}::timestamptz`;
  const { rows } = await control.execute(sql`
    insert into control.alert_deliveries (public_id, channel_id, notice, message, status, is_held, created_at,
      next_attempt_at)
    values (${test.publicId}, ${test.channelId}, ${test.notice}, ${JSON.stringify(test.message)}::jsonb, 'waiting', false,
      ${at}, ${at})
    on conflict on constraint alert_deliveries_notice_key do nothing
    returning id`);
  return rows.length > 0;
}

export type ShownDelivery = {
  channelName: string;
  channelKind: ChannelKind;
  notice: string;
  status: AlertDeliveryWork["status"];
  isHeld: boolean;
  attempts: number;
  failure: string | null;
  createdAtMs: number;
  nextAttemptAtMs: number | null;
  sentAtMs: number | null;
};

/** Every message of one alert, oldest first. Control database. */
export async function listAlertDeliveries(control: Database, alertId: number): Promise<ShownDelivery[]> {
  const { rows } = await control.execute<ShownDelivery>(sql`
    select c.name as "channelName", c.kind as "channelKind", d.notice, d.status, d.is_held as "isHeld", d.attempts,
      d.failure, ${ms(sql`d.created_at`)} as "createdAtMs", ${ms(sql`d.next_attempt_at`)} as "nextAttemptAtMs",
      ${ms(sql`d.sent_at`)} as "sentAtMs"
    from control.alert_deliveries d join control.alert_channels c on c.id = d.channel_id
    where d.alert_id = ${alertId} order by d.id limit 200`);
  return rows;
}

/** Forgets alerts that have been over for 400 days, with their messages, and tests of channels older than 30. */
export async function deleteOldAlerts(control: Database, now: Date): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  await control.batch([
    control.execute(
      sql`delete from control.alerts where status = 'resolved' and resolved_at < ${at} - interval '400 days'`,
    ),
    control.execute(
      sql`delete from control.alert_deliveries where alert_id is null and created_at < ${at} - interval '30 days'`,
    ),
  ]);
}
