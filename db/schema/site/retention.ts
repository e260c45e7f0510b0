import { sql } from "drizzle-orm";
import { boolean, check, integer } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** How long this database keeps raw events, and how far it has come with letting them go (decisions 5). One row. */
export const retention = site.table(
  "retention",
  {
    only: boolean("only").primaryKey().default(true),
    /** Whole months by the ids' time. At least 14: an id of 400 days ago must still have a partition. */
    months: integer("months").notNull().default(25),
    /**
     * Beginning of the first month that is kept, as of the last sealing. Events with an older id are refused: the
     * partition they belong into is gone, or about to go.
     */
    sealedMonth: instant("sealed_month"),
    sealedAt: instant("sealed_at"),
    /** One run at a time. */
    leasedUntil: instant("leased_until"),
  },
  (t) => [
    check("retention_only_check", sql`${t.only}`),
    check("retention_months_check", sql`${t.months} between 14 and 1200`),
  ],
);
