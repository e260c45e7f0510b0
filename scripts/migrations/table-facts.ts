import type { ClientBase } from "pg";

export type TableFacts = {
  /** Bytes of the table with all its partitions, without indexes. */
  bytes: number;
  /** Columns that hold no null for sure: `not null`, or a validated check that says so. */
  neverNull: ReadonlySet<string>;
};

/** What the tables of a database are, by `schema.name`: what a migration does to them depends on it. */
export async function readTableFacts(client: ClientBase): Promise<ReadonlyMap<string, TableFacts>> {
  const { rows } = await client.query<{
    name: string;
    bytes: string;
    never_null: string[];
  }>(`
    SELECT n.nspname || '.' || c.relname AS name, 
      CASE WHEN c.relkind = 'p'
        THEN (SELECT coalesce(sum(pg_table_size(t.relid)), 0) FROM pg_partition_tree(c.oid) t WHERE t.isleaf)
        ELSE pg_table_size(c.oid) END AS bytes,
      array(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND (a.attnotnull
        OR EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.convalidated
          AND pg_get_constraintdef(k.oid) ~* ('^check \\(+"?' || a.attname || '"? is not null\\)+$')))) AS never_null
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND n.nspname || '.' || c.relname <> 'public.schema_migrations'`);
  return new Map(
    rows.map((row) => [row.name, { bytes: Number(row.bytes), neverNull: new Set(row.never_null) }]),
  );
}
