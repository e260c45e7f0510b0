import type { Database } from "#db/database.ts";
import { findDelivery, type DeliveryWork } from "#db/queries/deliveries/find-delivery.ts";
import { writeState } from "#db/queries/deliveries/write-attempt.ts";
import { controlDatabase } from "#usecases/deps.ts";
import { attemptDelivery } from "./attempt-delivery.ts";
import type { Delivered, DeliverReportDeps } from "./delivery-deps.ts";
import { finalState, refusalOfAttempt, type DeliveryEnd } from "./delivery-outcome.ts";
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
  const db = deps.databases.named(database);
  const delivery = await findDelivery(db, deliveryId);
  // A report that is not built asks for its mails when it is.
  if (delivery?.status !== "built") return { kind: "nothing_to_do" };
  const now = deps.clock.now();
  const dueMs = delivery.nextAttemptAt?.getTime() ?? 0;
  if (dueMs > now.getTime() + EARLY_MS) return { kind: "waiting" };

  const refusal = refusalOfAttempt(delivery, deps.mailer, now);
  if (refusal !== null) return await settle(deps, { db, delivery, end: refusal });
  const gate = await recipientGate({ control: controlDatabase(deps), delivery, now });
  if (gate?.kind === "wait") {
    await writeState(db, { delivery, state: gate.state });
    return { kind: "waiting" };
  }
  if (gate?.kind === "end")
    return await settle(deps, { db, delivery, end: finalState(delivery, gate.obstacle) });
  if (await waitForTurn(deps, { database, delivery, now })) return { kind: "waiting" };

  const mail = await composeReportMail(deps, { database, delivery });
  if (mail === "not_built") return { kind: "nothing_to_do" };
  if (!mail.ok) return await settle(deps, { db, delivery, end: finalState(delivery, mail.error) });
  return await attemptDelivery(deps, { database, delivery, mail: mail.value });
}

type End = { db: Database; delivery: DeliveryWork; end: DeliveryEnd };

/** Ends a delivery without an attempt. */
async function settle(deps: DeliverReportDeps, { db, delivery, end }: End): Promise<Delivered> {
  const isWritten = await writeState(db, { delivery, state: end });
  if (!isWritten) return { kind: "nothing_to_do" };
  if (end.status === "unknown") deps.log("warn", "delivery_unknown", { deliveryId: delivery.publicId });
  return { kind: end.status };
}
