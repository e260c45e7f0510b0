import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";

/** Which database each of these accounts lives in now; unknown ids are absent. Control database. */
export async function listHomes(
  control: Database,
  accountIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await control.execute<{ id: number; database: string }>(sql`
    select id, database from control.accounts
    where id = any (array(select jsonb_array_elements_text(${JSON.stringify(accountIds)}::jsonb)::int))`);
  return new Map(rows.map(({ id, database }) => [id, database]));
}
