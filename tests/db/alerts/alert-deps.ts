import type { WorkMessage } from "#contract/work-message.ts";
import type { Database } from "#db/database.ts";
import { fail, ok } from "#core/result.ts";
import type { MailFailure } from "#platform/mail/mailer.ts";
import type { WebhookPost } from "#platform/webhooks/webhook-sender.ts";
import { deliveryDeps, type DeliveryDeps } from "#tests/db/delivery/delivery-deps.ts";
import { deliverAlert, type DeliverAlertDeps } from "#usecases/alerts/deliver-alert.ts";
import { evaluateAlerts, type EvaluateAlertsDeps } from "#usecases/alerts/evaluate-alerts.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

export type AlertDeps = DeliveryDeps &
  DeliverAlertDeps &
  EvaluateAlertsDeps & {
    posts: WebhookPost[];
    /** What the next posts are answered, before they are taken again. */
    refusals: MailFailure[];
    /** Looks at everything at an instant, with the clock there, too. */
    look(atMs: number): Promise<void>;
    /** Sends what the queue was asked to, as often as it asks. */
    deliverAll(): Promise<void>;
  };

/** Real database; mail, posts, queue and clock in the hands of the test. */
export function alertDeps(db: Database, databases?: DeliveryDeps["databases"]): AlertDeps {
  const posts: WebhookPost[] = [];
  const refusals: MailFailure[] = [];
  const base = deliveryDeps(db);
  const deps: AlertDeps = {
    ...base,
    ...(databases === undefined ? {} : { databases }),
    spillAge: async () => await Promise.resolve(null),
    allowsLocal: true,
    posts,
    refusals,
    async postWebhook(post) {
      const refusal = refusals.shift();
      if (refusal === undefined) posts.push(post);
      return await Promise.resolve(refusal === undefined ? ok(null) : fail(refusal));
    },
    async look(atMs) {
      base.setNow(new Date(atMs).toISOString());
      await evaluateAlerts(deps, new Date(atMs));
    },
    async deliverAll() {
      const asked = base.queued.splice(0).map(({ message }) => message);
      for (const { deliveryId } of asked.filter(isOfAlert)) await deliverAlert(deps, { deliveryId });
    },
  };
  return deps;
}

function isOfAlert(message: WorkMessage): message is Extract<WorkMessage, { kind: "deliver-alert" }> {
  return message.kind === "deliver-alert";
}
