import { fail, ok } from "#core/result.ts";
import type { Result } from "#core/result.ts";

/** One recipient a message: whether it was sent is known for each of them. */
export type MailMessage = {
  to: string;
  subject: string;
  html: string;
  text: string;
  replyTo?: string;
  headers?: Readonly<Record<string, string>>;
  attachments?: readonly MailAttachment[];
};

export type MailAttachment = { filename: string; contentType: string; bytes: Uint8Array };

export type MailFailure =
  /** Not taken; to be sent again after that time. */
  | { kind: "rate_limited"; retryAfterSeconds: number }
  /** Refused. Permanent: this message will never be taken. Otherwise an operator must mend the account or the key. */
  | { kind: "rejected"; reason: string; isPermanent: boolean }
  /** Not taken, as far as the provider says; safe to send again with the same key. */
  | { kind: "unavailable"; reason: string }
  /** No answer came: it may have been sent. Safe to send again only while the provider remembers the key. */
  | { kind: "ambiguous_timeout"; reason: string };

export type Mailer = {
  /** Sends once for each `idempotencyKey` (1 to 256 characters), which the provider remembers for 24 hours. */
  send(message: MailMessage, idempotencyKey: string): Promise<Result<{ providerId: string }, MailFailure>>;
};

export type MailerOptions = {
  apiKey: string;
  /** `Name <address>`. */
  from: string;
  /** Resend itself when absent; the local catcher speaks the same protocol. */
  apiUrl?: string | undefined;
  timeoutMs?: number;
};

const RESEND_URL = "https://api.resend.com";
const DEFAULT_TIMEOUT_MS = 20_000;
const DEFAULT_RETRY_AFTER_SECONDS = 2;
const MAX_REASON = 300;
/** `btoa` takes a string: made in pieces, because a call takes only so many arguments. */
const BASE64_CHUNK = 0x8000;

/** Mail by Resend's HTTP protocol: https://resend.com/docs/api-reference/emails/send-email. */
export function resendMailer(options: MailerOptions): Mailer {
  const url = `${(options.apiUrl || RESEND_URL).replace(/\/+$/, "")}/emails`;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return {
    async send(message, idempotencyKey) {
      const body = JSON.stringify(toResend(message, options.from));
      const headers = {
        Authorization: `Bearer ${options.apiKey}`,
        "Content-Type": "application/json",
        "Idempotency-Key": idempotencyKey,
      };
      let response: Response;
      try {
        response = await fetch(url, {
          method: "POST",
          headers,
          body,
          signal: AbortSignal.timeout(timeoutMs),
        });
      } catch (error) {
        return fail(failureOfThrow(error));
      }
      return await readAnswer(response);
    },
  };
}

function toResend(message: MailMessage, from: string): Record<string, unknown> {
  return {
    from,
    to: [message.to],
    subject: message.subject,
    html: message.html,
    text: message.text,
    ...(message.replyTo === undefined ? {} : { reply_to: message.replyTo }),
    ...(message.headers === undefined ? {} : { headers: message.headers }),
    ...(message.attachments === undefined ? {} : { attachments: message.attachments.map(toAttachment) }),
  };
}

function toAttachment({ filename, contentType, bytes }: MailAttachment): Record<string, string> {
  let binary = "";
  for (let at = 0; at < bytes.length; at += BASE64_CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + BASE64_CHUNK));
  }
  return { filename, content_type: contentType, content: btoa(binary) };
}

async function readAnswer(response: Response): Promise<Result<{ providerId: string }, MailFailure>> {
  const answer = await readJson(response);
  // Accepted is accepted, even when the answer's body was lost on its way.
  if (response.ok) return ok({ providerId: textOf(answer["id"]) ?? "" });
  return fail(failureOfAnswer(response, answer));
}

function failureOfAnswer(response: Response, answer: Record<string, unknown>): MailFailure {
  const { status } = response;
  const name = textOf(answer["name"]);
  const reason = describe(status, answer);
  if (status === 429) return { kind: "rate_limited", retryAfterSeconds: retryAfterSeconds(response) };
  // The first send with this key is still under way.
  if (status >= 500 || name === "concurrent_idempotent_requests") return { kind: "unavailable", reason };
  const isOperatorsMatter = status === 401 || status === 403;
  return { kind: "rejected", reason, isPermanent: !isOperatorsMatter };
}

function describe(status: number, answer: Record<string, unknown>): string {
  const name = textOf(answer["name"]);
  const message = textOf(answer["message"]);
  const facts = [name, message].filter((fact) => fact !== null).join(": ");
  return (facts === "" ? `status ${status}` : `${facts} (status ${status})`).slice(0, MAX_REASON);
}

function retryAfterSeconds(response: Response): number {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : DEFAULT_RETRY_AFTER_SECONDS;
}

/** Only a connection that never came about is known to have carried nothing. */
function failureOfThrow(error: unknown): MailFailure {
  if (!(error instanceof Error)) throw error;
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = "code" in cause ? String(cause.code) : "";
  const reason = `${cause.name}: ${cause.message}`.slice(0, MAX_REASON);
  const neverConnected = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"].includes(code);
  return neverConnected ? { kind: "unavailable", reason } : { kind: "ambiguous_timeout", reason };
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const answer: unknown = await response.json();
    return typeof answer === "object" && answer !== null ? { ...answer } : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
