import { sql } from "drizzle-orm";
import { check, index, integer, smallint, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { reports } from "./reports.ts";
import { site } from "./site-schema.ts";

/** One recipient of one report: sent once, whatever is retried. */
export const reportDeliveries = site.table(
  "report_deliveries",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    accountId: integer("account_id").notNull(),
    reportId: integer("report_id")
      .notNull()
      .references(() => reports.id, { onDelete: "cascade" }),
    publicId: text("public_id").notNull(),
    recipient: text("recipient").notNull(),
    /** `pending`: its report is not built; `built`: to be sent; `unknown`: nobody can say whether it was. */
    status: text("status", { enum: ["pending", "built", "sent", "failed", "unknown"] }).notNull(),
    attempts: smallint("attempts").notNull().default(0),
    /** What the provider calls the mail: its webhooks name it. */
    providerId: text("provider_id"),
    /** Of `failed`: a code for programs and filters. */
    failureKind: text("failure_kind"),
    failure: text("failure"),
    createdAt: instant("created_at").notNull(),
    firstAttemptAt: instant("first_attempt_at"),
    /** Its turn at the pace the provider takes; null until it was given one, and again after each attempt. */
    turnAt: instant("turn_at"),
    /** How many attempts were made before a person had it sent once more: each such round has a key of its own. */
    earlierAttempts: smallint("earlier_attempts").notNull().default(0),
    /** Not before: its turn, the provider asked to wait, an attempt failed or is under way. */
    nextAttemptAt: instant("next_attempt_at"),
    /** Of the link that the mail carries where its files are too large: the same in every attempt; null once it is sent. */
    shareToken: text("share_token"),
    sentAt: instant("sent_at"),
    /** Told by the provider after it took the mail. */
    bouncedAt: instant("bounced_at"),
    complainedAt: instant("complained_at"),
    bounce: text("bounce"),
  },
  (t) => [
    unique("report_deliveries_public_id_key").on(t.publicId),
    unique("report_deliveries_recipient_key").on(t.reportId, t.recipient),
    index("report_deliveries_waiting_idx")
      .on(t.createdAt)
      .where(sql`${t.status} in ('pending', 'built')`),
    index("report_deliveries_due_idx")
      .on(t.nextAttemptAt)
      .where(sql`${t.status} = 'built'`),
    index("report_deliveries_account_idx").on(t.accountId, t.id),
    index("report_deliveries_provider_idx")
      .on(t.providerId)
      .where(sql`${t.providerId} is not null`),
    index("report_deliveries_failed_idx")
      .on(t.createdAt)
      .where(sql`${t.status} in ('failed', 'unknown')`),
    check(
      "report_deliveries_status_check",
      sql`${t.status} in ('pending', 'built', 'sent', 'failed', 'unknown')`,
    ),
  ],
);
