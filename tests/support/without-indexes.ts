import type { Client } from "pg";

type Index = { table: string; name: string; definition: string; constraint: string | null };

/**
 * Fills tables (`site.sessions`) while they have no index, and makes the same ones anew: a third of the work where rows
 * come by the hundred thousand. The filling must not rely on a key.
 */
export async function withoutIndexes(
  client: Client,
  tables: readonly string[],
  fill: () => Promise<void>,
): Promise<void> {
  const { rows } = await client.query<Index>(
    `select i.indrelid::regclass::text as table, coalesce(quote_ident(c.conname), i.indexrelid::regclass::text) as name,
       replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as definition, pg_get_constraintdef(c.oid) as constraint
     from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
     where i.indrelid = any($1::regclass[])`,
    [tables],
  );
  if (rows.length < tables.length) throw new Error(`Each of ${tables.join(", ")} should have an index`);
  for (const { table, name, constraint } of rows) {
    await client.query(
      constraint === null ? `drop index ${name}` : `alter table ${table} drop constraint ${name}`,
    );
  }
  await fill();
  for (const { table, name, definition, constraint } of rows) {
    await client.query(
      constraint === null ? definition : `alter table ${table} add constraint ${name} ${constraint}`,
    );
  }
}
