import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/**
 * For the rest of the transaction, before each statement that reads journeys: sets are joined by hashing or in order, by
 * a nested loop only where nothing else would do, which is where an index answers row by row (`lateral … offset 0`).
 *
 * A range's ends come out of a subquery, so Postgres expects a two-hundredth of a site's conversions between them and
 * next to none of its contacts: one row, and of all that is made of them one row again. It would hold each item against
 * each contact, which for a site of 1,000 conversions is millions of pairs.
 */
export function hashedJoins(): SQL {
  return sql`select set_config('enable_nestloop', 'off', true)`;
}

/** The rows of one statement that reads journeys. */
export async function journeyRows<Row extends Record<string, unknown>>(
  db: Database,
  statement: SQL,
): Promise<Row[]> {
  const [, { rows }] = await db.batch([db.execute(hashedJoins()), db.execute<Row>(statement)]);
  return rows;
}
