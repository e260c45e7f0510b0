import { bigint, primaryKey, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { control } from "./control-schema.ts";

/** What Workers count beside requests (`core/operations/measures`), by UTC minute. */
export const counterMinutes = control.table(
  "counter_minutes",
  {
    minute: instant("minute").notNull(),
    worker: text("worker").notNull(),
    name: text("name").notNull(),
    value: bigint("value", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ name: "counter_minutes_pkey", columns: [t.minute, t.worker, t.name] })],
);
