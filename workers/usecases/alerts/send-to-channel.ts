import { webhookTarget } from "#core/alerts/webhook-target.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { AlertDeliveryWork } from "#db/queries/alerts/alert-deliveries.ts";
import type { Mailer, MailFailure } from "#platform/mail/mailer.ts";
import { webhookSignature } from "#platform/webhooks/sign-webhook.ts";
import type { WebhookSender } from "#platform/webhooks/webhook-sender.ts";
import { renderSlackMessage } from "#rendering/alerts/render-slack-message.ts";
import { renderAlertMail } from "#rendering/mail/render-alert-mail.ts";
import type { Deps } from "#usecases/deps.ts";

export type SendDeps = Pick<Deps, "mailer" | "settings" | "clock"> & {
  postWebhook: WebhookSender;
  /** Addresses of this machine may be posted to. */
  allowsLocal: boolean;
};

/** Longer than a delivery is tried. */
const FOR_GOOD_MS = 365 * 86_400_000;

/**
 * How long a receiver tells a message by its id: mail as its provider does, a webhook of ours for good (the header
 * `Waymark-Delivery` names it), Slack not at all, so that what is in doubt is not sent again.
 */
export function idempotencyWindowMs(
  { mailer }: { mailer: Mailer },
  kind: AlertDeliveryWork["channel"]["kind"],
): number {
  switch (kind) {
    case "mail":
      return mailer.idempotencyWindowMs;
    case "slack":
      return 0;
    case "webhook":
      return FOR_GOOD_MS;
  }
}

/** Hands one message to its channel, once. */
export async function sendToChannel(
  deps: SendDeps,
  delivery: AlertDeliveryWork,
): Promise<Result<{ providerId: string }, MailFailure>> {
  const { channel, message, publicId } = delivery;
  if (channel.kind === "mail") {
    const place = channel.accountId === null ? "/admin/alerts" : "/alerts";
    const channelsUrl = `${deps.settings.appOrigin}${place}?tab=channels`;
    const mail = renderAlertMail(message, { channelsUrl });
    return await deps.mailer.send({ to: channel.target, ...mail }, publicId);
  }
  // Judged again at each attempt: what was good when it was typed may have been typed on another stage.
  const target = webhookTarget(channel.target, deps);
  if (!target.ok)
    return fail({ kind: "rejected", reason: "The address may not be posted to", isPermanent: true });
  const posted = await deps.postWebhook({ url: target.value, ...(await postOf(deps, delivery)) });
  return posted.ok ? ok({ providerId: "" }) : posted;
}

type Post = { body: string; headers: Record<string, string> };

async function postOf({ clock }: SendDeps, { channel, message, publicId }: AlertDeliveryWork): Promise<Post> {
  if (channel.kind === "slack") return { body: renderSlackMessage(message), headers: {} };
  const body = JSON.stringify({ id: publicId, type: `alert.${message.notice}`, alert: message });
  const at = clock.now();
  const { secret, previousSecret, previousSecretUntil } = channel;
  const isPreviousGood = previousSecretUntil !== null && previousSecretUntil > at;
  const secrets = [secret, isPreviousGood ? previousSecret : null].filter((one) => one !== null);
  const signature = await webhookSignature(body, { secrets, at });
  return { body, headers: { "waymark-delivery": publicId, "waymark-signature": signature } };
}
