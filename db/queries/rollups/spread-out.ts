import { sql, type SQL } from "drizzle-orm";

/**
 * When many hours of one site are marked at once: the newest first, a thousand a minute. Marks are rolled up in the order
 * of their times, so the hours of other sites that become stale meanwhile do not wait for all of them.
 */
export function spreadOut(bucket: SQL): SQL {
  return sql`now() + (row_number() over (order by ${bucket} desc)) * interval '60 milliseconds'`;
}
