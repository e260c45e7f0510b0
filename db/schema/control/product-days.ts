import { date, integer, primaryKey, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { control } from "./control-schema.ts";

/**
 * What the product came to on a UTC day, as the accounts of one database have it (product.md §11). Facts lie with their
 * accounts, so a cron counts each database by itself and carries the sums over; a day is replaced and never added to.
 */
export const productDays = control.table(
  "product_days",
  {
    database: text("database").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    campaignsCreated: integer("campaigns_created").notNull(),
    /** Of those created on the day: how many have had a report delivered by now. */
    campaignsCompleted: integer("campaigns_completed").notNull(),
    /** Reports whose first mail was taken by the provider on the day. */
    reportsDelivered: integer("reports_delivered").notNull(),
    /** Mails of the day that were given up. */
    mailsFailed: integer("mails_failed").notNull(),
    countedAt: instant("counted_at").notNull(),
  },
  (t) => [primaryKey({ name: "product_days_pkey", columns: [t.database, t.day] })],
);
