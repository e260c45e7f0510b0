import type { DeliveryOutcome, DeliveryWork } from "#db/queries/reports/deliveries.ts";
import type { MailFailure } from "#platform/mailer.ts";

/** The provider remembers a key for 24 hours; an hour is left for clocks and for the request under way. */
const RETRY_WINDOW_MS = 23 * 3_600_000;
const RETRY_SECONDS = 30;
/** A key or an account that an operator must mend. */
const REFUSED_RETRY_SECONDS = 600;

/** How a failure begins after which the mail may have been sent all the same. */
const DOUBT = "No answer came";

type Attempts = Pick<DeliveryWork, "attempts" | "failure" | "firstAttemptAt">;

/** Whether an attempt now could send a second mail: the provider has forgotten the first one's key. */
export function isExpired({ firstAttemptAt }: Attempts, now: Date): boolean {
  return firstAttemptAt !== null && now.getTime() - firstAttemptAt.getTime() > RETRY_WINDOW_MS;
}

/**
 * Why it is not known whether an earlier attempt sent the mail; null when none did. An attempt that wrote down no end
 * may have been broken off after the mail was taken.
 */
export function doubtOf({ attempts, failure }: Attempts): string | null {
  if (attempts === 0) return null;
  if (failure === null) return `${DOUBT}: an attempt was broken off`;
  return failure.startsWith(DOUBT) ? failure : null;
}

/** The end of a delivery that nobody tries again: unknown where an attempt may have sent it. */
export function finalOutcome(delivery: Attempts, reason: string): DeliveryOutcome {
  const doubt = doubtOf(delivery);
  return doubt === null ? { status: "failed", failure: reason } : { status: "unknown", failure: doubt };
}

export type FailedAttempt = {
  outcome: Exclude<DeliveryOutcome, { status: "sent" }>;
  /** Null: settled. */
  retryAfterSeconds: number | null;
};

/** What a failure of the provider makes of the delivery; `doubt` is that of the attempts before. */
export function outcomeOfFailure(failure: MailFailure, doubt: string | null): FailedAttempt {
  switch (failure.kind) {
    case "rate_limited":
      return again(doubt ?? "The mail provider asked to wait", failure.retryAfterSeconds);
    case "unavailable":
      return again(doubt ?? `The mail provider is not available: ${failure.reason}`, RETRY_SECONDS);
    case "ambiguous_timeout":
      return again(`${DOUBT}: ${failure.reason}`, RETRY_SECONDS);
    case "rejected":
      return outcomeOfRejection(failure);
  }
}

function outcomeOfRejection(failure: Extract<MailFailure, { kind: "rejected" }>): FailedAttempt {
  const { reason, isPermanent } = failure;
  // The key stands for another mail: an attempt with that one was taken, and nobody can say what it looked like.
  if (reason.startsWith("invalid_idempotent_request")) return settled("unknown", reason);
  return isPermanent ? settled("failed", reason) : again(`Refused: ${reason}`, REFUSED_RETRY_SECONDS);
}

function again(failure: string, retryAfterSeconds: number): FailedAttempt {
  return { outcome: { status: "pending", failure }, retryAfterSeconds };
}

function settled(status: "failed" | "unknown", failure: string): FailedAttempt {
  return { outcome: { status, failure }, retryAfterSeconds: null };
}
