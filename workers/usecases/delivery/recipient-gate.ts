import type { DeliveryFailure } from "#contract/reports.ts";
import type { RecipientState } from "#core/report/recipient-state.ts";
import type { Database } from "#db/database.ts";
import type { DeliveryWork } from "#db/queries/deliveries/find-delivery.ts";
import type { DeliveryState } from "#db/queries/deliveries/write-attempt.ts";
import { addressStates } from "./address-states.ts";

const DAY_MS = 86_400_000;
/** How long a report waits for an outside address to agree. */
export const WAIT_FOR_CONSENT_MS = 7 * DAY_MS;

/** Why a delivery ends unsent. */
export type Obstacle = { kind: DeliveryFailure; reason: string };

export type Gate = { kind: "wait"; state: DeliveryState } | { kind: "end"; obstacle: Obstacle };

export type GateInput = { control: Database; delivery: DeliveryWork; now: Date };

/**
 * Whether this recipient may get it now; null: yes. Asked before every attempt, because people agree, unsubscribe and
 * leave between two of them.
 */
export async function recipientGate({ control, delivery, now }: GateInput): Promise<Gate | null> {
  const { recipient, accountId, subscription } = delivery;
  if (subscription?.unsubscribedAt)
    return end("unsubscribed", "The recipient unsubscribed from this schedule");
  if (subscription?.removedAt) return end("deleted", "The recipient was taken off the schedule");

  const states = await addressStates(control, accountId, [recipient]);
  return gateOf(states.get(recipient) ?? "waiting", { delivery, now });
}

function gateOf(state: RecipientState, { delivery, now }: Omit<GateInput, "control">): Gate | null {
  switch (state) {
    case "member":
    case "confirmed":
      return null;
    case "unsubscribed":
      return end("unsubscribed", "The recipient unsubscribed from all reports");
    case "bounced":
      return end("suppressed", "Earlier mail to this address bounced");
    case "complained":
      return end("suppressed", "The recipient called an earlier mail spam");
    case "waiting":
      return waitForConsent(delivery, now);
  }
}

function waitForConsent({ createdAt }: DeliveryWork, now: Date): Gate {
  const until = new Date(createdAt.getTime() + WAIT_FOR_CONSENT_MS);
  if (until.getTime() <= now.getTime()) {
    return end("not_confirmed", "The recipient did not agree to get reports within seven days");
  }
  const failure = "The recipient has not agreed to get reports yet";
  return {
    kind: "wait",
    state: { status: "built", failure, failureKind: "not_confirmed", nextAttemptAt: until },
  };
}

function end(kind: DeliveryFailure, reason: string): Gate {
  return { kind: "end", obstacle: { kind, reason } };
}
