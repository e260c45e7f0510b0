import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type SlowStatement = { text: string; calls: number; meanMs: number; totalMs: number };

const LONGEST_TEXT = 400;

/**
 * The statements of this database that take most time in all, by pg_stat_statements, which replaces their constants by
 * parameters and knows none of the values. Throws where the extension is not loaded.
 */
export async function listSlowestStatements(db: Database, limit: number): Promise<SlowStatement[]> {
  const { rows } = await db.execute<SlowStatement>(sql`
    select left(regexp_replace(query, '\s+', ' ', 'g'), ${LONGEST_TEXT}::int) as text, calls::float8 as calls,
      round(mean_exec_time::numeric, 1)::float8 as "meanMs", round(total_exec_time::numeric)::float8 as "totalMs"
    from pg_stat_statements
    where dbid = (select oid from pg_database where datname = current_database())
      -- Statements of other kinds keep their constants, as passwords.
      and query ~* '^\s*(select|insert|update|delete|with)\M'
    order by total_exec_time desc limit ${limit}`);
  return rows;
}
