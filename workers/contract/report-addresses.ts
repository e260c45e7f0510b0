import * as z from "zod/mini";

import { RECIPIENT_STATES } from "#core/report/recipient-state.ts";
import { instant, pageQuery } from "./primitives.ts";
import { reportLanguage } from "./report-options.ts";

/** A recipient's state: why they get it, or why not. `waiting`: an outside address that has not agreed yet. */
export const recipientState = z.enum(RECIPIENT_STATES);
export type { RecipientState } from "#core/report/recipient-state.ts";

/**
 * `GET /report-addresses`: every address that the account has sent reports to, or wanted to.
 * `POST /report-addresses/:id/ask` → 202 asks a `waiting` address once more, or tries a `bounced` one again: 429
 * `too_many_attempts` when that was less than ten minutes ago or five times already.
 */
export const reportAddress = z.object({
  id: z.string(),
  address: z.string(),
  state: recipientState,
  /** When it was last asked whether it wants the account's reports; null: never, a member for instance. */
  askedAt: z.nullable(instant),
  confirmedAt: z.nullable(instant),
  unsubscribedAt: z.nullable(instant),
  /** `bounced` and `complained`: since when, and what the mail provider told. */
  suppressedAt: z.nullable(instant),
  suppressionReason: z.nullable(z.string()),
  createdAt: instant,
});
export type ReportAddress = z.infer<typeof reportAddress>;

export const reportAddressesQuery = pageQuery;

const token = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** `POST /report-addresses/question`: what the page `/confirm-address?token=` shows before anybody agrees. */
export const addressQuestionRequest = z.object({ token });
export const addressQuestion = z.object({
  address: z.string(),
  accountName: z.string(),
  /** Of the account's reports. */
  language: reportLanguage,
  /** Who asks, and for which report. */
  askedBy: z.nullable(z.string()),
  askedFor: z.nullable(z.string()),
});
export type AddressQuestion = z.infer<typeof addressQuestion>;

/** `POST /report-addresses/confirm` → 204: agrees, or says no for good. A link works for 30 days. */
export const confirmAddressRequest = z.object({ token, agrees: z.boolean() });
export type ConfirmAddressRequest = z.infer<typeof confirmAddressRequest>;
