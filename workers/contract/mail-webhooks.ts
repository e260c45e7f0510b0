import * as z from "zod/mini";

import type { MailEvent, MailEventKind } from "#core/report/mail-event.ts";
import { cleanText } from "#core/text/clean-text.ts";

const MAX_REASON = 300;

/** Tags come back as an object, or as the list in which they were sent. */
const tags = z.optional(
  z.union([z.record(z.string(), z.string()), z.array(z.object({ name: z.string(), value: z.string() }))]),
);

/** The part of Resend's webhooks that is read: https://resend.com/docs/webhooks/introduction. */
const resendEvent = z.object({
  type: z.string(),
  created_at: z.string(),
  data: z.object({
    email_id: z.optional(z.string()),
    tags,
    bounce: z.optional(z.object({ type: z.optional(z.string()), message: z.optional(z.string()) })),
  }),
});

const RESEND_KINDS: Readonly<Record<string, MailEventKind>> = {
  "email.sent": "accepted",
  "email.delivered": "accepted",
  "email.delivery_delayed": "delayed",
  "email.bounced": "bounced",
  "email.complained": "complained",
};

/** What a webhook of Resend tells; null when it is nothing that concerns us. */
export function readResendEvent(body: unknown, receivedAt: Date): MailEvent | null {
  const parsed = resendEvent.safeParse(body);
  const kind = parsed.success ? resendKind(parsed.data) : null;
  if (!parsed.success || kind === null) return null;
  const { created_at: createdAt, data } = parsed.data;
  return {
    providerId: data.email_id ?? null,
    reference: referenceOf(data.tags),
    kind,
    reason: shortReason(data.bounce?.message),
    at: instantOf(createdAt, receivedAt),
  };
}

function resendKind({ type, data }: z.infer<typeof resendEvent>): MailEventKind | null {
  const kind = RESEND_KINDS[type] ?? null;
  // "Transient" and "Undetermined" say nothing of the next mail.
  const isSoft = kind === "bounced" && data.bounce?.type !== undefined && data.bounce.type !== "Permanent";
  return isSoft ? "delayed" : kind;
}

/** The part of Postmark's webhooks that is read: https://postmarkapp.com/developer/webhooks/webhooks-overview. */
const postmarkEvent = z.object({
  RecordType: z.string(),
  MessageID: z.optional(z.string()),
  Metadata: z.optional(z.record(z.string(), z.string())),
  Type: z.optional(z.string()),
  Description: z.optional(z.string()),
  Details: z.optional(z.string()),
  BouncedAt: z.optional(z.string()),
  DeliveredAt: z.optional(z.string()),
});

/** Bounces after which Postmark itself sends nothing to the address any more. */
const HARD_BOUNCES = ["HardBounce", "BadEmailAddress", "ManuallyDeactivated", "Blocked"];

/** What a webhook of Postmark tells; null when it is nothing that concerns us. */
export function readPostmarkEvent(body: unknown, receivedAt: Date): MailEvent | null {
  const parsed = postmarkEvent.safeParse(body);
  const kind = parsed.success ? postmarkKind(parsed.data) : null;
  if (!parsed.success || kind === null) return null;
  const { MessageID, Metadata, Details, Description, BouncedAt, DeliveredAt } = parsed.data;
  return {
    providerId: MessageID ?? null,
    reference: Metadata?.["reference"] ?? null,
    kind,
    reason: shortReason(Details || Description),
    at: instantOf(BouncedAt ?? DeliveredAt ?? "", receivedAt),
  };
}

function postmarkKind({ RecordType, Type }: z.infer<typeof postmarkEvent>): MailEventKind | null {
  switch (RecordType) {
    case "Delivery":
      return "accepted";
    case "SpamComplaint":
      return "complained";
    case "Bounce":
      if (Type === "SpamComplaint") return "complained";
      return HARD_BOUNCES.includes(Type ?? "") ? "bounced" : "delayed";
    default:
      return null;
  }
}

function referenceOf(given: z.infer<typeof tags>): string | null {
  if (given === undefined) return null;
  if (!Array.isArray(given)) return given["reference"] ?? null;
  return given.find(({ name }) => name === "reference")?.value ?? null;
}

/** A provider's clock may be wrong, not ahead of ours: nothing happened after it was told. */
function instantOf(text: string, receivedAt: Date): Date {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) || at > receivedAt ? receivedAt : at;
}

/** A provider's words as a row can hold them: bounded, without what Postgres refuses. */
function shortReason(reason: string | undefined): string | null {
  return reason === undefined ? null : cleanText(reason.slice(0, MAX_REASON));
}
