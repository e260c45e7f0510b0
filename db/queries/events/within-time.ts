import { sql, type SQL } from "drizzle-orm";

import { halfHour } from "#db/schema/columns.ts";

/**
 * That a fact's time lies in [from, to): once by the half hour, which is what the index holds, and once exactly. The
 * half hours' range is a range of the index, so that nothing is read but what is less than half an hour beside it.
 */
export function withinTime(column: SQL, from: SQL, to: SQL): SQL {
  return sql`${halfHour(column)} between ${halfHour(from)} and ${halfHour(to)} and ${column} >= ${from} and ${column} < ${to}`;
}
