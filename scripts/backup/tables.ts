import type { ClientBase } from "pg";

export type ForeignKey = { column: string; table: string; target: string };

export type StoredTable = {
  /** `schema.name` */
  name: string;
  columns: string[];
  foreignKeys: ForeignKey[];
};

/** The tables of both schemas, those that others refer to first. Partitions are reached through their parents. */
export async function listTables(client: ClientBase): Promise<StoredTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; keys: ForeignKey[] | null }>(`
    SELECT n.nspname || '.' || c.relname AS name,
      array(SELECT a.attname::text FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        ORDER BY a.attnum) AS columns,
      (SELECT json_agg(json_build_object('table', fn.nspname || '.' || f.relname, 'column', a.attname, 'target', t.attname))
        FROM pg_constraint k
        JOIN pg_class f ON f.oid = k.confrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
        JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attnum = k.confkey[1]
        WHERE k.conrelid = c.oid AND k.contype = 'f') AS keys
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('control', 'site') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    ORDER BY 1`);
  return parentsFirst(rows.map(({ name, columns, keys }) => ({ name, columns, foreignKeys: keys ?? [] })));
}

function parentsFirst(tables: readonly StoredTable[]): StoredTable[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const sorted = new Set<StoredTable>();
  const add = (table: StoredTable, above: readonly StoredTable[]): void => {
    if (sorted.has(table)) return;
    if (above.includes(table))
      throw new Error(`Cannot sort tables: ${table.name} refers to itself in a circle`);
    for (const { table: parent } of table.foreignKeys) {
      const found = byName.get(parent);
      if (found !== undefined && found !== table) add(found, [...above, table]);
    }
    sorted.add(table);
  };
  for (const table of tables) add(table, []);
  return [...sorted];
}
