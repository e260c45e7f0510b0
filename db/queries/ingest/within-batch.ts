import { sql, type SQL } from "drizzle-orm";

import type { BatchParameters } from "./batch-parameters.ts";

/**
 * That an event's id lies between the least and the greatest of the batch. It follows from the join with the batch; said
 * with two parameters it lets Postgres leave out all other months' partitions when it plans.
 */
export function withinBatch(
  batch: Pick<BatchParameters, "firstEventId" | "lastEventId">,
  eventIdColumn: SQL,
): SQL {
  return sql`${eventIdColumn} between ${batch.firstEventId}::uuid and ${batch.lastEventId}::uuid`;
}
