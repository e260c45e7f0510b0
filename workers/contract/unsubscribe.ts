import * as z from "zod/mini";

import { reportLanguage } from "./report-options.ts";

/**
 * `GET /unsubscribe/:token`, no session: what the page `/unsubscribe/:token` of the dashboard shows. Looking changes
 * nothing, because mail scanners look at every link.
 */
export const subscription = z.object({
  address: z.string(),
  accountName: z.string(),
  /** Of the account's reports. */
  language: reportLanguage,
  /** The schedule whose mail the link was in; null: it was a report sent by hand. */
  schedule: z.nullable(z.object({ name: z.string(), isUnsubscribed: z.boolean() })),
  /** From every report of the account. */
  isUnsubscribedFromAll: z.boolean(),
});
export type Subscription = z.infer<typeof subscription>;

/** `PUT /unsubscribe/:token` → the new state: what is given is set. `schedule` of a link without one changes nothing. */
export const changeSubscriptionRequest = z.object({
  schedule: z.optional(z.object({ isUnsubscribed: z.boolean() })),
  isUnsubscribedFromAll: z.optional(z.boolean()),
});
export type ChangeSubscriptionRequest = z.infer<typeof changeSubscriptionRequest>;

/*
 * `POST /unsubscribe/:token` is the one click of RFC 8058: mail programs send the form `List-Unsubscribe=One-Click`,
 * without a cookie. It ends the schedule's mails, or those of the account where the link has no schedule.
 */
