import { bigint, index, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { control } from "./control-schema.ts";

/** Errors of one kind. The message is scrubbed before it gets here: it holds nothing that a person has said. */
export const errorGroups = control.table(
  "error_groups",
  {
    /** md5 of Worker, event, name and message. */
    fingerprint: text("fingerprint").primaryKey(),
    worker: text("worker").notNull(),
    event: text("event").notNull(),
    name: text("name").notNull(),
    message: text("message").notNull(),
    sampleRequestId: text("sample_request_id"),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
  },
  (t) => [index("error_groups_last_seen_idx").on(t.lastSeenAt)],
);
