import { findDelivery, type DeliveryWork } from "#db/queries/deliveries/find-delivery.ts";
import { releaseWaiting } from "#db/queries/deliveries/release-waiting.ts";
import { writeState, type DeliveryState } from "#db/queries/deliveries/write-attempt.ts";
import { controlDatabase } from "#usecases/deps.ts";
import { askAgain } from "./ask-again.ts";
import { attemptDelivery } from "./attempt-delivery.ts";
import type { Delivered, DeliverReportDeps } from "./delivery-deps.ts";
import { finalState, refusalOfAttempt } from "./delivery-outcome.ts";
import { recipientGate } from "./recipient-gate.ts";
import { composeReportMail } from "./report-mail.ts";
import { waitForTurn } from "./wait-for-turn.ts";

/** `deliveryId`: public id. */
export type DeliverReportInput = { database: string; deliveryId: string };

/** Clocks of different machines, and a queue that is a moment early. */
const EARLY_MS = 1_000;

/**
 * Mails one report to one recipient, or says in its row when that is to be tried again: the message of a queue is only a
 * hint that it may be time. The provider sends once for each key, which is the delivery's id, and remembers it for a
 * while: what is retried within it sends no second mail, and a doubtful attempt after it, or with a provider that knows
 * no keys, is left to a person.
 */
export async function deliverReport(
  deps: DeliverReportDeps,
  { database, deliveryId }: DeliverReportInput,
): Promise<Delivered> {
  const delivery = await findDelivery(deps.databases.named(database), deliveryId);
  // A report that is not built asks for its mails when it is.
  if (delivery?.status !== "built") return { kind: "nothing_to_do" };
  const now = deps.clock.now();
  const dueMs = delivery.nextAttemptAt?.getTime() ?? 0;
  if (dueMs > now.getTime() + EARLY_MS) return { kind: "waiting" };

  const due = { database, delivery, now };
  const held = await holdBack(deps, due);
  if (held !== null) return await hold(deps, due, held);
  if (await waitForTurn(deps, due)) return { kind: "waiting" };

  const mail = await composeReportMail(deps, { database, delivery });
  if (mail === "not_built") return { kind: "nothing_to_do" };
  return mail.ok
    ? await attemptDelivery(deps, { database, delivery, mail: mail.value })
    : await write(deps, due, finalState(delivery, mail.error));
}

type Due = { database: string; delivery: DeliveryWork; now: Date };

/** What becomes of it without an attempt; null when one may be made. */
async function holdBack(deps: DeliverReportDeps, { delivery, now }: Due): Promise<DeliveryState | null> {
  const refusal = refusalOfAttempt(delivery, deps.mailer, now);
  if (refusal !== null) return refusal;
  const gate = await recipientGate({ control: controlDatabase(deps), delivery, now });
  if (gate === null) return null;
  return gate.kind === "wait" ? gate.state : finalState(delivery, gate.obstacle);
}

/**
 * Writes it down. Who agreed at the very moment has released what waited then, and not this one, which waits only now:
 * so it is looked again.
 */
async function hold(deps: DeliverReportDeps, due: Due, state: DeliveryState): Promise<Delivered> {
  const written = await write(deps, due, state);
  if (state.status !== "built" || (await holdBack(deps, due)) !== null) return written;
  const { database, delivery, now } = due;
  const { accountId, recipient: address } = delivery;
  await releaseWaiting(deps.databases.named(database), { accountId, address, at: now });
  await askAgain(deps, { database, deliveryId: delivery.publicId, at: now, now });
  return written;
}

async function write(
  deps: DeliverReportDeps,
  { database, delivery }: Due,
  state: DeliveryState,
): Promise<Delivered> {
  const isWritten = await writeState(deps.databases.named(database), { delivery, state });
  if (!isWritten) return { kind: "nothing_to_do" };
  if (state.status === "unknown") deps.log("warn", "delivery_unknown", { deliveryId: delivery.publicId });
  return { kind: state.status === "built" ? "waiting" : state.status };
}
