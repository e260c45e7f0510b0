import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, smallint, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { alertChannels } from "./alert-channels.ts";
import { alerts } from "./alerts.ts";
import { control } from "./control-schema.ts";

/** One message to one channel: that an alert fired, goes on or is over, or that somebody tries the channel. Sent once. */
export const alertDeliveries = control.table(
  "alert_deliveries",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    publicId: text("public_id").notNull(),
    /** Null: a test. */
    alertId: integer("alert_id").references(() => alerts.id, { onDelete: "cascade" }),
    channelId: integer("channel_id")
      .notNull()
      .references(() => alertChannels.id, { onDelete: "cascade" }),
    /** `fired`, `reminder-1`, …, `resolved`, `test-<minute>`. */
    notice: text("notice").notNull(),
    /** What is sent: the same in each attempt. */
    message: jsonb("message").notNull(),
    /** `cancelled`: it was over before the quiet hours were. */
    status: text("status", { enum: ["waiting", "sent", "failed", "unknown", "cancelled"] }).notNull(),
    /** Held back by quiet hours. */
    isHeld: boolean("is_held").notNull(),
    attempts: smallint("attempts").notNull().default(0),
    /** Why an attempt may have sent it; null when none can have. */
    doubt: text("doubt"),
    failure: text("failure"),
    providerId: text("provider_id"),
    createdAt: instant("created_at").notNull(),
    firstAttemptAt: instant("first_attempt_at"),
    /** Not before: quiet hours, its turn, an attempt that failed or is under way. Null once it is settled. */
    nextAttemptAt: instant("next_attempt_at"),
    /** Of a mail: its turn at the provider's pace. */
    turnAt: instant("turn_at"),
    sentAt: instant("sent_at"),
  },
  (t) => [
    unique("alert_deliveries_public_id_key").on(t.publicId),
    unique("alert_deliveries_notice_key").on(t.alertId, t.channelId, t.notice).nullsNotDistinct(),
    index("alert_deliveries_channel_idx").on(t.channelId, t.id),
    index("alert_deliveries_due_idx")
      .on(t.nextAttemptAt)
      .where(sql`${t.status} = 'waiting'`),
    check(
      "alert_deliveries_status_check",
      sql`${t.status} in ('waiting', 'sent', 'failed', 'unknown', 'cancelled')`,
    ),
  ],
);
