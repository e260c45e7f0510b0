import { integer, primaryKey, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/**
 * Requests that collect turned away, by UTC hour and reason; outside the ledger (decisions 7). Site 0 stands for those
 * that named no known site.
 */
export const refusedHours = site.table(
  "refused_hours",
  {
    siteId: integer("site_id").notNull(),
    hour: instant("hour").notNull(),
    /** `core/tracking/refusal-code`. */
    code: text("code").notNull(),
    requests: integer("requests").notNull(),
  },
  (t) => [primaryKey({ name: "refused_hours_pkey", columns: [t.siteId, t.hour, t.code] })],
);
