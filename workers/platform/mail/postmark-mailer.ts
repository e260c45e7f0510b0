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
import { DEFAULT_TIMEOUT_MS, type HttpMailerOptions } from "./resend-mailer.ts";

const POSTMARK_URL = "https://api.postmarkapp.com";
/** Of the whole message, attachments in base64 included. */
const MAX_BYTES = 10_000_000;
/** It names no limit; ten at once is what it advises for single sends. */
const PER_SECOND = 10;

/** Its error codes: https://postmarkapp.com/developer/api/overview#error-codes. */
const INACTIVE_RECIPIENT = 406;
const MAINTENANCE = 100;
const RATE_LIMIT = 429;
/** A sender, a key or an account that the operator must mend. */
const OPERATORS_MATTER = [10, 400, 401, 405, 412, 413];

/**
 * Mail by Postmark's HTTP protocol: https://postmarkapp.com/developer/api/email-api. It knows no idempotency keys: what
 * it leaves unanswered is never sent again by a program.
 */
export function postmarkMailer(options: HttpMailerOptions): Mailer {
  const url = `${(options.apiUrl || POSTMARK_URL).replace(/\/+$/, "")}/email`;
  return {
    provider: "postmark",
    idempotencyWindowMs: 0,
    maxBytes: MAX_BYTES,
    perSecond: options.perSecond ?? PER_SECOND,
    async send(message) {
      const answer = await postToProvider({
        url,
        headers: { Accept: "application/json", "X-Postmark-Server-Token": options.apiKey },
        body: toPostmark(message, options.from),
        timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      });
      if ("kind" in answer) return fail(answer);
      const { response, body } = answer;
      // An error code with status 200 is how it refuses within a batch; to be sure, it is read here too.
      const code = Number(body["ErrorCode"] ?? 0);
      if (response.ok && code === 0) return ok({ providerId: textOf(body["MessageID"]) ?? "" });
      return fail(failureOf(response, code, textOf(body["Message"])));
    },
  };
}

function toPostmark(message: MailMessage, from: string): Record<string, unknown> {
  const { replyTo, headers, attachments, reference } = message;
  return {
    From: from,
    To: message.to,
    Subject: message.subject,
    HtmlBody: message.html,
    TextBody: message.text,
    MessageStream: "outbound",
    ...(replyTo === undefined ? {} : { ReplyTo: replyTo }),
    ...(headers === undefined
      ? {}
      : { Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })) }),
    ...(reference === undefined ? {} : { Metadata: { reference } }),
    ...(attachments === undefined
      ? {}
      : {
          Attachments: attachments.map(({ filename, contentType, bytes }) => ({
            Name: filename,
            ContentType: contentType,
            Content: toBase64(bytes),
          })),
        }),
  };
}

function failureOf(response: Response, code: number, message: string | null): MailFailure {
  const { status } = response;
  const reason = shortReason(
    message === null ? `status ${status}` : `${message} (status ${status}, code ${code})`,
  );
  if (status === 429 || code === RATE_LIMIT) return rateLimited(response);
  if (status >= 500) return failureOfServer(status, reason);
  if (code === MAINTENANCE) return { kind: "unavailable", reason };
  if (code === INACTIVE_RECIPIENT) return { kind: "suppressed", reason };
  const isOperatorsMatter = status === 401 || OPERATORS_MATTER.includes(code);
  return { kind: "rejected", reason, isPermanent: !isOperatorsMatter };
}
