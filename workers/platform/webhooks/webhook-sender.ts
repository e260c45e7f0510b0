import { fail, ok, type Result } from "#core/result.ts";
import type { MailFailure } from "#platform/mail/mailer.ts";
import { failureOfServer, failureOfThrow, rateLimited } from "#platform/mail/provider-answer.ts";

export type WebhookPost = { url: string; headers: Readonly<Record<string, string>>; body: string };

/** Posts JSON to an address of somebody else's. What an answer means is told in the words of a mail provider's. */
export type WebhookSender = (post: WebhookPost) => Promise<Result<null, MailFailure>>;

const TIMEOUT_MS = 10_000;
/** Told to come again: the request was turned away before it was looked at. */
const LATER = new Set([408, 425]);

/**
 * Posts once: no redirect is followed, because it could lead inside, nothing of the answer is kept but its status, and
 * who does not answer in ten seconds has perhaps taken it.
 */
export const postWebhook: WebhookSender = async ({ url, headers, body }) => {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "Waymark-Alerts/1.0", ...headers },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    return fail(failureOfThrow(error));
  }
  await response.body?.cancel();
  return response.ok ? ok(null) : fail(failureOf(response));
};

function failureOf(response: Response): MailFailure {
  const { status } = response;
  const reason = `The address answered ${status}`;
  if (status === 429) return rateLimited(response);
  if (status >= 500) return failureOfServer(status, reason);
  if (status >= 300 && status < 400) {
    return { kind: "rejected", reason: `${reason}: redirects are not followed`, isPermanent: true };
  }
  return { kind: "rejected", reason, isPermanent: !LATER.has(status) };
}
