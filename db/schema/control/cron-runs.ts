import { boolean, index, primaryKey, text } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { control } from "./control-schema.ts";

/** Every run of every task of the crons, kept for 30 days. */
export const cronRuns = control.table(
  "cron_runs",
  {
    task: text("task").notNull(),
    startedAt: instant("started_at").notNull(),
    finishedAt: instant("finished_at").notNull(),
    isOk: boolean("is_ok").notNull(),
    /** The error's name. */
    error: text("error"),
  },
  (t) => [
    primaryKey({ name: "cron_runs_pkey", columns: [t.task, t.startedAt] }),
    index("cron_runs_started_idx").on(t.startedAt),
  ],
);
