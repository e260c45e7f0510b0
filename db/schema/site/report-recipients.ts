import { integer, primaryKey, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { reportSchedules } from "./report-schedules.ts";
import { site } from "./site-schema.ts";

/** Who gets the reports of a schedule. Who unsubscribed stays here, so that nobody enters them again unseen. */
export const reportRecipients = site.table(
  "report_recipients",
  {
    scheduleId: integer("schedule_id")
      .notNull()
      .references(() => reportSchedules.id, { onDelete: "cascade" }),
    /** Trimmed and lower-cased. */
    address: text("address").notNull(),
    /** In the links of the mails: it may do nothing but change whether this address gets these reports. */
    unsubscribeToken: text("unsubscribe_token").notNull(),
    addedAt: instant("added_at").notNull(),
    /** Taken off the list by a member. */
    removedAt: instant("removed_at"),
    /** By the recipient. */
    unsubscribedAt: instant("unsubscribed_at"),
  },
  (t) => [
    primaryKey({ name: "report_recipients_pkey", columns: [t.scheduleId, t.address] }),
    unique("report_recipients_token_key").on(t.unsubscribeToken),
  ],
);
