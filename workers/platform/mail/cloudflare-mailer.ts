import { fail, ok } from "#core/result.ts";
import type { Mailer, MailFailure, MailMessage } from "./mailer.ts";
import { shortReason } from "./provider-answer.ts";
import { DEFAULT_TIMEOUT_MS } from "./resend-mailer.ts";

/** The part of a `send_email` binding that is used. */
export type SendEmailBinding = {
  send(message: CloudflareMessage): Promise<{ messageId: string }>;
};

export type CloudflareMessage = {
  from: string | { name: string; email: string };
  to: string;
  subject: string;
  html: string;
  text: string;
  replyTo?: string;
  headers?: Record<string, string>;
  attachments?: {
    disposition: "attachment";
    filename: string;
    type: string;
    content: Uint8Array;
  }[];
};

export type CloudflareMailerOptions = {
  binding: SendEmailBinding;
  /** `Name <address>` of a domain that is set up for sending. */
  from: string;
  perSecond?: number | undefined;
  timeoutMs?: number;
};

/** https://developers.cloudflare.com/email-service/platform/limits/ */
const MAX_BYTES = 5 * 1024 * 1024;
const PER_SECOND = 10;
/** A day's quota comes back only with the next day; asking each quarter of an hour finds the moment. */
const DAILY_LIMIT_RETRY_SECONDS = 900;
const RATE_LIMIT_RETRY_SECONDS = 10;

/**
 * Mail by Cloudflare's own Email Service, which needs no key: a `send_email` binding. It knows no idempotency keys and
 * tells nothing afterwards, so that what it leaves in doubt stays so.
 */
export function cloudflareMailer(options: CloudflareMailerOptions): Mailer {
  const from = senderOf(options.from);
  return {
    provider: "cloudflare",
    idempotencyWindowMs: 0,
    maxBytes: MAX_BYTES,
    perSecond: options.perSecond ?? PER_SECOND,
    async send(message) {
      try {
        const sent = await within(
          options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
          options.binding.send(toCloudflare(message, from)),
        );
        return ok({ providerId: sent.messageId });
      } catch (error) {
        return fail(failureOf(error));
      }
    },
  };
}

function toCloudflare(message: MailMessage, from: CloudflareMessage["from"]): CloudflareMessage {
  const { to, subject, html, text, replyTo, headers, attachments } = message;
  return {
    from,
    to,
    subject,
    html,
    text,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(headers === undefined ? {} : { headers: { ...headers } }),
    ...(attachments === undefined
      ? {}
      : {
          attachments: attachments.map(({ filename, contentType, bytes }) => ({
            disposition: "attachment",
            filename,
            type: contentType,
            content: bytes,
          })),
        }),
  };
}

function senderOf(from: string): CloudflareMessage["from"] {
  const [, name, email] = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(from) ?? [];
  return name === undefined || email === undefined || name === "" ? (email ?? from) : { name, email };
}

/** A mail that the binding does not answer for may have been sent all the same. */
async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("No answer in time")), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}

/** Codes of the Workers API: https://developers.cloudflare.com/email-service/api/send-emails/workers-api/. */
const RETRY_SECONDS: Readonly<Record<string, number>> = {
  E_RATE_LIMIT_EXCEEDED: RATE_LIMIT_RETRY_SECONDS,
  E_DAILY_LIMIT_EXCEEDED: DAILY_LIMIT_RETRY_SECONDS,
};
const OPERATORS_MATTER = ["E_SENDER_NOT_VERIFIED", "E_SENDER_DOMAIN_NOT_AVAILABLE"];
const DOUBTFUL = ["E_DELIVERY_FAILED", "E_INTERNAL_SERVER_ERROR"];

function failureOf(error: unknown): MailFailure {
  if (!(error instanceof Error)) throw error;
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  const reason = shortReason(`${code ?? error.name}: ${error.message}`);
  if (code === null || DOUBTFUL.includes(code)) return { kind: "ambiguous", reason };
  const retryAfterSeconds = RETRY_SECONDS[code];
  if (retryAfterSeconds !== undefined) return { kind: "rate_limited", retryAfterSeconds };
  if (code === "E_RECIPIENT_SUPPRESSED") return { kind: "suppressed", reason };
  return { kind: "rejected", reason, isPermanent: !OPERATORS_MATTER.includes(code) };
}
