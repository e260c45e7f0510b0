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
  /** Our own id of what the mail is about; the provider's webhooks name it. Letters, digits and underscores. */
  reference?: string;
};

export type MailAttachment = { filename: string; contentType: string; bytes: Uint8Array };

export type MailFailure =
  /** Not taken; to be sent again after that time. */
  | { kind: "rate_limited"; retryAfterSeconds: number }
  /** Refused. Permanent: this message will never be taken. Otherwise an operator must mend the account or the key. */
  | { kind: "rejected"; reason: string; isPermanent: boolean }
  /** Refused, because earlier mail to this address bounced or was called spam. */
  | { kind: "suppressed"; reason: string }
  /** The key stands for another mail, which was taken. */
  | { kind: "key_reused"; reason: string }
  /** Surely not taken; safe to send again. */
  | { kind: "unavailable"; reason: string }
  /** It may have been sent. Safe to send again only while the provider remembers the key. */
  | { kind: "ambiguous"; reason: string };

/** A mail provider, with what it promises. */
export type Mailer = {
  /** `resend`, `postmark`, `cloudflare`: all mails of one provider keep to one pace. */
  provider: string;
  /** How long it sends once for each key; 0: it knows no keys, so that nothing doubtful may be sent again. */
  idempotencyWindowMs: number;
  /** The largest mail it takes, attachments in base64 included. */
  maxBytes: number;
  /** Mails a second that it takes without refusing. */
  perSecond: number;
  /** `idempotencyKey`: 1 to 256 characters; the same key means the same message, to the byte. */
  send(message: MailMessage, idempotencyKey: string): Promise<Result<{ providerId: string }, MailFailure>>;
};
