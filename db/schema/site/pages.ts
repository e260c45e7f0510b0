import { integer, text, unique } from "drizzle-orm/pg-core";

import { site } from "./site-schema.ts";

/** Dictionary of pages: host and path, without query. */
export const pages = site.table(
  "pages",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    siteId: integer("site_id").notNull(),
    fingerprint: text("fingerprint").notNull(),
    host: text("host").notNull(),
    path: text("path").notNull(),
  },
  (t) => [unique("pages_fingerprint_key").on(t.siteId, t.fingerprint)],
);
