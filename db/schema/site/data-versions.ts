import { bigint, date, integer, primaryKey } from "drizzle-orm/pg-core";

import { site } from "./site-schema.ts";

/** One version a site and local day, raised in the transaction that changes the day's facts (decisions 22). */
export const dataVersions = site.table(
  "data_versions",
  {
    siteId: integer("site_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    version: bigint("version", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ name: "data_versions_pkey", columns: [t.siteId, t.day] })],
);
