import { sql } from "drizzle-orm";

import type { CounterName } from "#core/operations/measures.ts";
import type { Database } from "#db/database.ts";

/** What the Workers counted within [from, to), by name; a name that was never counted is missing. */
export async function sumCounters(
  control: Database,
  { from, to }: { from: Date; to: Date },
): Promise<Map<CounterName, number>> {
  const { rows } = await control.execute<{ name: CounterName; value: number }>(sql`
    select name, sum(value)::float8 as value from control.counter_minutes
    where minute >= ${from.toISOString()}::timestamptz and minute < ${to.toISOString()}::timestamptz
    group by name`);
  return new Map(rows.map(({ name, value }) => [name, value]));
}
