import { fail, ok, type Result } from "#core/result.ts";
import type { Database } from "#db/database.ts";
import {
  beginAttempt,
  findDelivery,
  settleAttempt,
  type DeliveryOutcome,
  type DeliveryWork,
} from "#db/queries/reports/deliveries.ts";
import { noteFirstDelivery } from "#db/queries/reports/note-first-delivery.ts";
import type { MailMessage } from "#platform/mailer.ts";
import { afterCommit } from "#usecases/campaigns/after-commit.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { doubtOf, finalOutcome, isExpired, outcomeOfFailure } from "./delivery-outcome.ts";
import { composeReportMail, type MailDeps } from "./report-mail.ts";

export type DeliverReportDeps = MailDeps & Pick<Deps, "databases" | "clock" | "mailer" | "log">;

/** `deliveryId`: public id. */
export type DeliverReportInput = { database: string; deliveryId: string };

/** `nothing_to_do`: it is settled, or another run has begun it. */
export type Delivered = { kind: "sent" | "failed" | "unknown" | "nothing_to_do" };
export type RetryLater = { kind: "retry_later"; afterSeconds: number; reason: string };

const NOT_BUILT_RETRY_SECONDS = 10;

/**
 * Mails one report to one recipient. The provider sends once for each key, which is the delivery's id, and remembers
 * it for a day: whatever is retried within it sends no second mail, and after it nothing is retried (product.md §9).
 */
export async function deliverReport(
  deps: DeliverReportDeps,
  { database, deliveryId }: DeliverReportInput,
): Promise<Result<Delivered, RetryLater>> {
  const db = deps.databases.named(database);
  const delivery = await findDelivery(db, deliveryId);
  if (delivery?.status !== "pending") return ok({ kind: "nothing_to_do" });
  const now = deps.clock.now();
  if (isExpired(delivery, now)) return await settle(db, delivery, finalOutcome(delivery, tooLate(delivery)));

  const mail = await composeReportMail(deps, db, delivery);
  if (!mail.ok) {
    return mail.error.kind === "undeliverable"
      ? await settle(db, delivery, finalOutcome(delivery, mail.error.reason))
      : fail({
          kind: "retry_later",
          afterSeconds: NOT_BUILT_RETRY_SECONDS,
          reason: "The report is not built yet",
        });
  }
  const doubt = doubtOf(delivery);
  const isOurs = await beginAttempt(db, { delivery, doubt, at: now });
  if (!isOurs) return ok({ kind: "nothing_to_do" });
  const { message, userId } = mail.value;
  const sent = await send(deps, { db, delivery, message, doubt });
  if (sent.ok && sent.value.kind === "sent" && userId !== null) {
    await afterCommit(deps, "note_first_delivery", () =>
      noteFirstDelivery(controlDatabase(deps), { userId, at: deps.clock.now() }),
    );
  }
  return sent;
}

type Attempt = { db: Database; delivery: DeliveryWork; message: MailMessage; doubt: string | null };

async function send(
  deps: DeliverReportDeps,
  { db, delivery, message, doubt }: Attempt,
): Promise<Result<Delivered, RetryLater>> {
  const answer = await deps.mailer.send(message, delivery.publicId);
  if (answer.ok) {
    const { providerId } = answer.value;
    return await settle(db, delivery, { status: "sent", providerId, sentAt: deps.clock.now() });
  }
  const { outcome, retryAfterSeconds } = outcomeOfFailure(answer.error, doubt);
  const settled = await settle(db, delivery, outcome);
  if (retryAfterSeconds === null) return settled;
  return fail({ kind: "retry_later", afterSeconds: retryAfterSeconds, reason: outcome.failure });
}

async function settle(
  db: Database,
  { id }: DeliveryWork,
  outcome: DeliveryOutcome,
): Promise<Result<Delivered, never>> {
  await settleAttempt(db, { id, outcome });
  return ok({ kind: outcome.status === "pending" ? "nothing_to_do" : outcome.status });
}

function tooLate({ failure }: DeliveryWork): string {
  return `Not sent within a day. ${failure ?? ""}`.trim();
}
