import type { Database } from "#db/database.ts";
import { noteFirstDelivery } from "#db/queries/deliveries/note-first-delivery.ts";
import type { DeliveryWork } from "#db/queries/deliveries/find-delivery.ts";
import { holdTurns } from "#db/queries/deliveries/mail-pace.ts";
import { beginAttempt, endAttempt, type DeliveryState } from "#db/queries/deliveries/write-attempt.ts";
import { suppressAddress } from "#db/queries/mail-addresses/change-address.ts";
import type { MailFailure } from "#platform/mail/mailer.ts";
import { afterCommit } from "#usecases/campaigns/after-commit.ts";
import { controlDatabase } from "#usecases/deps.ts";
import { askAgain } from "./ask-again.ts";
import type { Delivered, DeliverReportDeps } from "./delivery-deps.ts";
import { stateAfterFailure } from "./delivery-outcome.ts";
import type { ReportMail } from "./report-mail.ts";

/** Longer than a mailer waits for an answer: until then an attempt without an end is taken to be under way. */
const LEASE_MS = 30_000;

export type Attempt = { database: string; delivery: DeliveryWork; mail: ReportMail };

/** Hands the mail to the provider once, with a line in the delivery's log before and after. */
export async function attemptDelivery(
  deps: DeliverReportDeps,
  { database, delivery, mail }: Attempt,
): Promise<Delivered> {
  const db = deps.databases.named(database);
  const beganAt = deps.clock.now();
  const leaseUntil = new Date(beganAt.getTime() + LEASE_MS);
  const attempt = await beginAttempt(db, { delivery, at: beganAt, leaseUntil });
  if (attempt === null) return { kind: "nothing_to_do" };

  const answer = await deps.mailer.send(mail.message, keyOf(delivery));
  const now = deps.clock.now();
  if (answer.ok) {
    const state = { status: "sent", providerId: answer.value.providerId, sentAt: now } as const;
    await endAttempt(db, {
      id: delivery.id,
      end: { attempt, at: now, outcome: "sent", reason: null },
      state,
    });
    await noteSent(deps, mail, now);
    return { kind: "sent" };
  }
  return await fail(deps, { db, database, delivery, attempt, failure: answer.error, now });
}

/** A round that a person asked for has a key of its own: the provider would hold it for the first one's repeat. */
function keyOf({ publicId, earlierAttempts }: DeliveryWork): string {
  return earlierAttempts === 0 ? publicId : `${publicId}.${earlierAttempts}`;
}

type Failed = {
  db: Database;
  database: string;
  delivery: DeliveryWork;
  attempt: number;
  failure: MailFailure;
  now: Date;
};

async function fail(deps: DeliverReportDeps, failed: Failed): Promise<Delivered> {
  const { db, database, delivery, attempt, failure, now } = failed;
  const state = stateAfterFailure(failure, {
    delivery,
    mailer: deps.mailer,
    attempt: attempt - delivery.earlierAttempts,
    now,
    chance: Number.parseInt(deps.ids.secretHex(2), 16) / 0xffff,
  });
  const reason = "reason" in failure ? failure.reason : null;
  const isWritten = await endAttempt(db, {
    id: delivery.id,
    end: { attempt, at: now, outcome: failure.kind, reason },
    state,
  });
  if (isWritten) await followUp(deps, { database, delivery, state, now });
  await tellOthers(deps, { delivery, failure, now });
  return { kind: state.status === "built" ? "waiting" : state.status };
}

type FollowUp = { database: string; delivery: DeliveryWork; state: DeliveryState; now: Date };

async function followUp(
  deps: DeliverReportDeps,
  { database, delivery, state, now }: FollowUp,
): Promise<void> {
  const deliveryId = delivery.publicId;
  if (state.status === "unknown") deps.log("warn", "delivery_unknown", { deliveryId });
  if (state.status === "built") await askAgain(deps, { database, deliveryId, at: state.nextAttemptAt, now });
}

type Told = { delivery: DeliveryWork; failure: MailFailure; now: Date };

/** What a refusal means for other mails: all wait as long as the provider asked; a dead address gets no more. */
async function tellOthers(deps: DeliverReportDeps, { delivery, failure, now }: Told): Promise<void> {
  const control = controlDatabase(deps);
  if (failure.kind === "rate_limited") {
    const until = new Date(now.getTime() + failure.retryAfterSeconds * 1_000);
    await afterCommit(deps, "hold_mail_turns", () =>
      holdTurns(control, { provider: deps.mailer.provider, until }),
    );
  }
  if (failure.kind === "suppressed") {
    const { accountId, recipient } = delivery;
    const { reason } = failure;
    await afterCommit(deps, "suppress_address", () =>
      suppressAddress(control, { accountId, address: recipient, cause: "bounce", reason, at: now }),
    );
  }
}

async function noteSent(deps: DeliverReportDeps, { userId }: ReportMail, at: Date): Promise<void> {
  if (userId === null) return;
  await afterCommit(deps, "note_first_delivery", () =>
    noteFirstDelivery(controlDatabase(deps), { userId, at }),
  );
}
