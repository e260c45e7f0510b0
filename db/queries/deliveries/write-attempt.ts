import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/**
 * Begins an attempt and writes it into the log, before anything is sent, so that one which never ends is seen by the
 * next. Until `leaseUntil` nobody else begins one. The attempt's number, or null when the delivery is settled or another
 * attempt began since it was read.
 */
export async function beginAttempt(
  db: Database,
  begin: { delivery: { id: number; attempts: number }; at: Date; leaseUntil: Date },
): Promise<number | null> {
  const at = sql`${begin.at.toISOString()}::timestamptz`;
  const { rows } = await db.execute<{ attempt: number }>(sql`
    with begun as (
      update site.report_deliveries
      set status = 'built', attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, ${at}),
        next_attempt_at = ${begin.leaseUntil.toISOString()}::timestamptz, turn_at = null
      where id = ${begin.delivery.id} and status in ('pending', 'built') and attempts = ${begin.delivery.attempts}
      returning id, attempts
    )
    insert into site.report_attempts (delivery_id, attempt, began_at)
    select id, attempts, ${at} from begun
    returning attempt`);
  return rows[0]?.attempt ?? null;
}

/** What became of a delivery; `built`: it is tried again. */
export type DeliveryState =
  | { status: "sent"; providerId: string; sentAt: Date }
  | { status: "built"; failure: string; failureKind: "not_confirmed" | null; nextAttemptAt: Date }
  | { status: "failed"; failureKind: string; failure: string }
  | { status: "unknown"; failure: string };

export type AttemptEnd = { attempt: number; at: Date; outcome: string; reason: string | null };

/**
 * Writes how an attempt ended, and what it makes of the delivery. That the mail was sent holds whatever was written
 * meanwhile; everything else only while no later attempt has begun. False when it changed nothing but the log.
 */
export async function endAttempt(
  db: Database,
  { id, end, state }: { id: number; end: AttemptEnd; state: DeliveryState },
): Promise<boolean> {
  const isOpen =
    state.status === "sent" ? sql`status <> 'sent'` : sql`status = 'built' and attempts = ${end.attempt}`;
  const { rows } = await db.execute<{ id: number }>(sql`
    with ended as (
      update site.report_attempts
      set ended_at = ${end.at.toISOString()}::timestamptz, outcome = ${end.outcome}, reason = ${end.reason}
      where delivery_id = ${id} and attempt = ${end.attempt} and ended_at is null
    )
    update site.report_deliveries set ${valuesOf(state)} where id = ${id} and ${isOpen} returning id`);
  return rows.length > 0;
}

/** Settles or postpones a delivery without an attempt, unless one began since it was read. */
export async function writeState(
  db: Database,
  { delivery, state }: { delivery: { id: number; attempts: number }; state: DeliveryState },
): Promise<boolean> {
  const { rows } = await db.execute<{ id: number }>(sql`
    update site.report_deliveries set ${valuesOf(state)}
    where id = ${delivery.id} and status in ('pending', 'built') and attempts = ${delivery.attempts}
    returning id`);
  return rows.length > 0;
}

/** Gives a delivery its turn at the provider's pace. False when an attempt began since it was read. */
export async function takeTurn(
  db: Database,
  { delivery, turnAt }: { delivery: { id: number; attempts: number }; turnAt: Date },
): Promise<boolean> {
  const at = sql`${turnAt.toISOString()}::timestamptz`;
  const { rows } = await db.execute<{ id: number }>(sql`
    update site.report_deliveries set status = 'built', turn_at = ${at}, next_attempt_at = ${at}
    where id = ${delivery.id} and status in ('pending', 'built') and attempts = ${delivery.attempts}
    returning id`);
  return rows.length > 0;
}

function valuesOf(state: DeliveryState): SQL {
  switch (state.status) {
    case "sent":
      return sql`status = 'sent', provider_id = ${state.providerId || null}::text,
        sent_at = ${state.sentAt.toISOString()}::timestamptz, next_attempt_at = null, turn_at = null,
        failure = null, failure_kind = null, share_token = null`;
    case "built":
      return sql`status = 'built', failure = ${state.failure}, failure_kind = ${state.failureKind}::text,
        next_attempt_at = ${state.nextAttemptAt.toISOString()}::timestamptz, turn_at = null`;
    case "failed":
      return sql`status = 'failed', failure = ${state.failure}, failure_kind = ${state.failureKind},
        next_attempt_at = null, turn_at = null`;
    case "unknown":
      return sql`status = 'unknown', failure = ${state.failure}, failure_kind = null, next_attempt_at = null,
        turn_at = null`;
  }
}
