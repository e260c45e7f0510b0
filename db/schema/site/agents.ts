import { integer, text, unique } from "drizzle-orm/pg-core";

import { site } from "./site-schema.ts";

/** Dictionary of browser, system and device class. */
export const agents = site.table(
  "agents",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    siteId: integer("site_id").notNull(),
    browser: text("browser").notNull(),
    os: text("os").notNull(),
    device: text("device").notNull(),
  },
  (t) => [unique("agents_tuple_key").on(t.siteId, t.browser, t.os, t.device)],
);
