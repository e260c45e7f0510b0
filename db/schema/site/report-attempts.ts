import { integer, primaryKey, smallint, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { reportDeliveries } from "./report-deliveries.ts";
import { site } from "./site-schema.ts";

/** The delivery log: each time that a mail was handed to the provider, and what came of it. */
export const reportAttempts = site.table(
  "report_attempts",
  {
    deliveryId: integer("delivery_id")
      .notNull()
      .references(() => reportDeliveries.id, { onDelete: "cascade" }),
    /** 1, 2, … */
    attempt: smallint("attempt").notNull(),
    beganAt: instant("began_at").notNull(),
    /** Null: it was broken off. */
    endedAt: instant("ended_at"),
    /** `sent`, or the kind of failure. */
    outcome: text("outcome"),
    reason: text("reason"),
  },
  (t) => [primaryKey({ name: "report_attempts_pkey", columns: [t.deliveryId, t.attempt] })],
);
