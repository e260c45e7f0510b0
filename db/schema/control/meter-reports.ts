import { uuid } from "drizzle-orm/pg-core";

import { control } from "./control-schema.ts";

/** Reports of measures that are added up: a queue may bring one again. A UUIDv7, so that old ones are found by it. */
export const meterReports = control.table("meter_reports", {
  reportId: uuid("report_id").primaryKey(),
});
