import { uuid } from "drizzle-orm/pg-core";

import { site } from "./site-schema.ts";

/** Reports that `refused_hours` has added up: a queue may bring one again. A UUIDv7, so that old ones are found by it. */
export const refusalReports = site.table("refusal_reports", {
  reportId: uuid("report_id").primaryKey(),
});
