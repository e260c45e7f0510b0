import { bigint, index, integer, primaryKey } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

/** Hours whose rollup no longer tells the truth. The mark is taken away only at the version that was rolled up. */
export const staleHours = site.table(
  "stale_hours",
  {
    siteId: integer("site_id").notNull(),
    /** The instant at which the site's local hour begins (decisions 20). */
    bucket: instant("bucket").notNull(),
    version: bigint("version", { mode: "number" }).notNull(),
    /** Its turn; a little ahead where a whole history was marked at once. */
    markedAt: instant("marked_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "stale_hours_pkey", columns: [t.siteId, t.bucket] }),
    index("stale_hours_marked_idx").on(t.markedAt),
  ],
);
