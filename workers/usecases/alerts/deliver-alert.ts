import type { RecipientState } from "#core/report/recipient-state.ts";
import type { Database } from "#db/database.ts";
import {
  beginAlertAttempt,
  findAlertDelivery,
  writeAlertDelivery,
  type AlertDeliveryState,
  type AlertDeliveryWork,
} from "#db/queries/alerts/alert-deliveries.ts";
import { holdTurns, reserveTurn } from "#db/queries/deliveries/mail-pace.ts";
import type { MailFailure } from "#platform/mail/mailer.ts";
import { afterCommit } from "#usecases/campaigns/after-commit.ts";
import { addressStates } from "#usecases/delivery/address-states.ts";
import { refusalOfAttempt, stateAfterFailure } from "#usecases/delivery/delivery-outcome.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { idempotencyWindowMs, sendToChannel, type SendDeps } from "./send-to-channel.ts";

export type DeliverAlertDeps = SendDeps & Pick<Deps, "databases" | "ids" | "log" | "workQueue">;

/** Clocks of different machines, and a queue that is a moment early. */
const EARLY_MS = 1_000;
/** Longer than a channel is waited for: until then an attempt without an end is taken to be under way. */
const LEASE_MS = 30_000;
/** A turn that was missed by more than this went by: others have it now. */
const TURN_GOOD_MS = 5 * 60_000;

/**
 * Sends one message of an alert to one channel, or says in its row when that is to be tried again: as careful as the mails
 * of reports are. A message of the queue is only a hint that it may be time. `deliveryId`: public id.
 */
export async function deliverAlert(
  deps: DeliverAlertDeps,
  { deliveryId }: { deliveryId: string },
): Promise<{ kind: AlertDeliveryState["status"] | "nothing_to_do" }> {
  const control = controlDatabase(deps);
  const delivery = await findAlertDelivery(control, deliveryId);
  if (delivery?.status !== "waiting") return { kind: "nothing_to_do" };
  const now = deps.clock.now();
  if ((delivery.nextAttemptAt?.getTime() ?? 0) > now.getTime() + EARLY_MS) return { kind: "waiting" };

  const held = await holdBack(deps, { control, delivery, now });
  if (held !== null)
    return await write(deps, { control, delivery, attempts: delivery.attempts, state: held });

  const leaseUntil = new Date(now.getTime() + LEASE_MS);
  if (!(await beginAlertAttempt(control, { delivery, at: now, leaseUntil })))
    return { kind: "nothing_to_do" };
  const sent = await sendToChannel(deps, delivery);
  const endedAt = deps.clock.now();
  const state: AlertDeliveryState = sent.ok
    ? { status: "sent", providerId: sent.value.providerId, sentAt: endedAt }
    : stateOfFailure(deps, { delivery, failure: sent.error, now: endedAt });
  if (!sent.ok) await slowDown(deps, { control, delivery, failure: sent.error, now: endedAt });
  return await write(deps, { control, delivery, attempts: delivery.attempts + 1, state });
}

type Due = { control: Database; delivery: AlertDeliveryWork; now: Date };

/** What becomes of it without an attempt; null when one may be made. */
async function holdBack(deps: DeliverAlertDeps, due: Due): Promise<AlertDeliveryState | null> {
  const { delivery, now } = due;
  const windowMs = idempotencyWindowMs(deps, delivery.channel.kind);
  const refusal = refusalOfAttempt(delivery, { idempotencyWindowMs: windowMs }, now);
  if (refusal !== null) return refusal;
  if (delivery.channel.kind !== "mail") return null;
  return (await refusalOfRecipient(due)) ?? (await waitForTurn(deps, due));
}

/** Asked before every attempt: people leave, and rights are taken. */
async function refusalOfRecipient({ control, delivery }: Due): Promise<AlertDeliveryState | null> {
  const { accountId, target, userId, isSuperadmin } = delivery.channel;
  if (accountId === null) {
    return userId !== null && !isSuperadmin ? failed("They do not run this installation any more") : null;
  }
  const state = (await addressStates(control, accountId, [target])).get(target);
  const failure = REFUSED_RECIPIENTS[state ?? "waiting"];
  return failure === null ? null : failed(failure);
}

/** Why nothing is mailed to an address in a state; null: it is. */
const REFUSED_RECIPIENTS: Readonly<Record<RecipientState, string | null>> = {
  member: null,
  confirmed: null,
  bounced: "Earlier mail to this address bounced",
  complained: "The recipient called an earlier mail spam",
  unsubscribed: "The recipient unsubscribed from all mails of the account",
  waiting: "The address is no member's, and nobody there has agreed to get mails of the account",
};

function failed(failure: string): AlertDeliveryState {
  return { status: "failed", failure };
}

/** Alerts keep to the pace at which the provider takes mails, as reports do. */
async function waitForTurn(deps: DeliverAlertDeps, due: Due): Promise<AlertDeliveryState | null> {
  const { control, delivery, now } = due;
  const { turnAt, failure, doubt } = delivery;
  if (turnAt !== null && now.getTime() - turnAt.getTime() < TURN_GOOD_MS) return null;
  const { provider, perSecond } = deps.mailer;
  const turn = await reserveTurn(control, { provider, intervalMs: 1_000 / perSecond, at: now });
  if (turn.getTime() - now.getTime() <= EARLY_MS) return null;
  return { status: "waiting", failure, doubt, nextAttemptAt: turn, turnAt: turn };
}

type Failed = { delivery: AlertDeliveryWork; failure: MailFailure; now: Date };

function stateOfFailure(deps: DeliverAlertDeps, { delivery, failure, now }: Failed): AlertDeliveryState {
  const state = stateAfterFailure(failure, {
    delivery,
    mailer: { idempotencyWindowMs: idempotencyWindowMs(deps, delivery.channel.kind) },
    attempt: delivery.attempts + 1,
    now,
    chance: Number.parseInt(deps.ids.secretHex(2), 16) / 0xffff,
  });
  switch (state.status) {
    case "built": {
      const doubt = failure.kind === "ambiguous" ? failure.reason : delivery.doubt;
      return { status: "waiting", failure: state.failure, doubt, nextAttemptAt: state.nextAttemptAt };
    }
    case "failed":
    case "unknown":
      return { status: state.status, failure: state.failure };
    case "sent":
      throw new Error("A failure cannot have sent the message");
  }
}

/** The mail provider asked to wait: all mails do, reports' too. */
async function slowDown(
  deps: DeliverAlertDeps,
  { control, delivery, failure, now }: Failed & Due,
): Promise<void> {
  if (failure.kind !== "rate_limited" || delivery.channel.kind !== "mail") return;
  const until = new Date(now.getTime() + failure.retryAfterSeconds * 1_000);
  const { provider } = deps.mailer;
  await afterCommit(deps, "hold_mail_turns", () => holdTurns(control, { provider, until }));
}

type Write = { control: Database; delivery: AlertDeliveryWork; attempts: number; state: AlertDeliveryState };

async function write(
  deps: DeliverAlertDeps,
  { control, delivery, attempts, state }: Write,
): Promise<{ kind: AlertDeliveryState["status"] | "nothing_to_do" }> {
  const isWritten = await writeAlertDelivery(control, { id: delivery.id, attempts, state });
  if (!isWritten) return { kind: "nothing_to_do" };
  const deliveryId = delivery.publicId;
  if (state.status === "failed" || state.status === "unknown") {
    deps.log("warn", "alert_not_delivered", {
      deliveryId,
      channel: delivery.channel.kind,
      status: state.status,
    });
  }
  if (state.status === "waiting") {
    const seconds = Math.ceil(
      Math.max(0, state.nextAttemptAt.getTime() - deps.clock.now().getTime()) / 1_000,
    );
    // What the queue does not take the minute's cron makes up for.
    await afterCommit(deps, "ask_for_alert", () =>
      deps.workQueue.send({ v: 1, kind: "deliver-alert", deliveryId }, seconds),
    );
  }
  return { kind: state.status };
}
