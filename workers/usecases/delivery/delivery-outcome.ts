import type { DeliveryFailure } from "#contract/reports.ts";
import { retryDelayMs } from "#core/report/retry-times.ts";
import type { DeliveryWork } from "#db/queries/deliveries/find-delivery.ts";
import type { DeliveryState } from "#db/queries/deliveries/write-attempt.ts";
import type { Mailer, MailFailure } from "#platform/mail/mailer.ts";

const HOUR_MS = 3_600_000;
/** What is left of the provider's memory of a key for clocks and for the request under way. */
const WINDOW_MARGIN_MS = HOUR_MS;
/** A report of yesterday that could not be sent in a day is of no use any more. */
const GIVE_UP_MS = 23 * HOUR_MS;
/** A key or an account that an operator must mend. */
const REFUSED_RETRY_MS = 10 * 60_000;

export type DeliveryEnd = Exclude<DeliveryState, { status: "sent" | "built" }>;

/** Why nothing is sent any more: where an attempt may have sent the mail, nobody can say that it was not. */
export function finalState(
  { doubt }: Pick<DeliveryWork, "doubt">,
  { kind, reason }: { kind: DeliveryFailure; reason: string },
): DeliveryEnd {
  return doubt === null
    ? { status: "failed", failureKind: kind, failure: reason }
    : { status: "unknown", failure: doubtful(doubt) };
}

/**
 * What an attempt now could do wrong: after a doubtful one it could be a second mail, unless the provider still knows
 * the first one's key; and after a day it comes too late. Null when it may be made.
 */
export function refusalOfAttempt(
  delivery: Pick<DeliveryWork, "doubt" | "firstAttemptAt" | "failure">,
  { idempotencyWindowMs }: Pick<Mailer, "idempotencyWindowMs">,
  now: Date,
): DeliveryEnd | null {
  const { doubt, firstAttemptAt, failure } = delivery;
  const ageMs = firstAttemptAt === null ? 0 : now.getTime() - firstAttemptAt.getTime();
  if (doubt !== null && ageMs >= idempotencyWindowMs - WINDOW_MARGIN_MS) {
    return { status: "unknown", failure: doubtful(doubt) };
  }
  if (ageMs <= GIVE_UP_MS) return null;
  return finalState(delivery, {
    kind: "expired",
    reason: `Not sent within a day. ${failure ?? ""}`.trim(),
  });
}

export type FailedAttempt = {
  delivery: Pick<DeliveryWork, "doubt">;
  mailer: Pick<Mailer, "idempotencyWindowMs">;
  /** Of this round, from 1. */
  attempt: number;
  now: Date;
  /** Drawn from 0 to 1. */
  chance: number;
};

/** What a failure of the provider makes of the delivery. */
export function stateAfterFailure(failure: MailFailure, facts: FailedAttempt): DeliveryState {
  const { delivery, mailer, attempt, now, chance } = facts;
  const delayMs = retryDelayMs(attempt, chance);
  const again = (reason: string, afterMs: number): DeliveryState => ({
    status: "built",
    failure: reason,
    failureKind: null,
    nextAttemptAt: new Date(now.getTime() + afterMs),
  });
  switch (failure.kind) {
    case "rate_limited":
      return again(
        "The mail provider asked to wait",
        Math.max(failure.retryAfterSeconds * 1_000, 0) + delayMs * chance,
      );
    case "unavailable":
      return again(`The mail provider is not available: ${failure.reason}`, delayMs);
    case "ambiguous":
      return mailer.idempotencyWindowMs === 0
        ? { status: "unknown", failure: doubtful(failure.reason) }
        : again(doubtful(failure.reason), delayMs);
    case "key_reused":
      return { status: "unknown", failure: failure.reason };
    case "suppressed":
      return finalState(delivery, { kind: "suppressed", reason: failure.reason });
    case "rejected":
      // Only under a key it still knows is a doubtful mail tried again, and one it had taken it would not refuse then.
      return failure.isPermanent
        ? { status: "failed", failureKind: "rejected", failure: failure.reason }
        : again(`Refused: ${failure.reason}`, REFUSED_RETRY_MS);
  }
}

function doubtful(reason: string): string {
  return `No answer came: ${reason}`;
}
