import { sql, type SQL } from "drizzle-orm";

/**
 * A condition put so that the planner knows nothing of it and expects half of the rows to hold. Of an equation with an
 * expression it would expect one row in two hundred, take a batch for a single row and loop over all pairs of its events.
 */
export function unestimated(condition: SQL): SQL {
  return sql`case when ${condition} then true else false end`;
}
