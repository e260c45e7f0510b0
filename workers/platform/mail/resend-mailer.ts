import { fail, ok } from "#core/result.ts";
import type { Mailer, MailFailure, MailMessage } from "./mailer.ts";
import {
  failureOfServer,
  postToProvider,
  rateLimited,
  shortReason,
  textOf,
  toBase64,
} from "./provider-answer.ts";

export type HttpMailerOptions = {
  apiKey: string;
  /** `Name <address>`. */
  from: string;
  /** The provider itself when absent; the local catcher speaks Resend's protocol. */
  apiUrl?: string | undefined;
  perSecond?: number | undefined;
  timeoutMs?: number;
};

const RESEND_URL = "https://api.resend.com";
const DAY_MS = 86_400_000;
export const DEFAULT_TIMEOUT_MS = 20_000;
const MAX_BYTES = 40_000_000;
/** Of a team: https://resend.com/docs/api-reference/rate-limit. */
const PER_SECOND = 2;

/**
 * Mail by Resend's HTTP protocol: https://resend.com/docs/api-reference/emails/send-email. It remembers an idempotency
 * key for a day.
 */
export function resendMailer(options: HttpMailerOptions): Mailer {
  const url = `${(options.apiUrl || RESEND_URL).replace(/\/+$/, "")}/emails`;
  return {
    provider: "resend",
    idempotencyWindowMs: DAY_MS,
    maxBytes: MAX_BYTES,
    perSecond: options.perSecond ?? PER_SECOND,
    async send(message, idempotencyKey) {
      const answer = await postToProvider({
        url,
        headers: { Authorization: `Bearer ${options.apiKey}`, "Idempotency-Key": idempotencyKey },
        body: toResend(message, options.from),
        timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      });
      if ("kind" in answer) return fail(answer);
      // Accepted is accepted, even when the answer's body was lost on its way.
      if (answer.response.ok) return ok({ providerId: textOf(answer.body["id"]) ?? "" });
      return fail(failureOf(answer.response, answer.body));
    },
  };
}

function toResend(message: MailMessage, from: string): Record<string, unknown> {
  const { replyTo, headers, attachments, reference } = message;
  return {
    from,
    to: [message.to],
    subject: message.subject,
    html: message.html,
    text: message.text,
    ...(replyTo === undefined ? {} : { reply_to: replyTo }),
    ...(headers === undefined ? {} : { headers }),
    ...(reference === undefined ? {} : { tags: [{ name: "reference", value: reference }] }),
    ...(attachments === undefined
      ? {}
      : {
          attachments: attachments.map(({ filename, contentType, bytes }) => ({
            filename,
            content_type: contentType,
            content: toBase64(bytes),
          })),
        }),
  };
}

function failureOf(response: Response, body: Record<string, unknown>): MailFailure {
  const { status } = response;
  const name = textOf(body["name"]);
  const reason = describe(status, name, textOf(body["message"]));
  if (status === 429) return rateLimited(response);
  if (status >= 500) return failureOfServer(status, reason);
  if (name === "invalid_idempotent_request") return { kind: "key_reused", reason };
  // The first send with this key is still under way, so this one was not taken.
  if (name === "concurrent_idempotent_requests") return { kind: "ambiguous", reason };
  const isOperatorsMatter = status === 401 || status === 403;
  return { kind: "rejected", reason, isPermanent: !isOperatorsMatter };
}

function describe(status: number, name: string | null, message: string | null): string {
  const facts = [name, message].filter((fact) => fact !== null).join(": ");
  return shortReason(facts === "" ? `status ${status}` : `${facts} (status ${status})`);
}
