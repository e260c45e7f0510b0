import { type ClientBase, escapeIdentifier } from "pg";
import type { DumpedPartition } from "./dump-format.ts";

/** The partitions of both schemas, with their bounds as Postgres writes them. */
export async function listPartitions(client: ClientBase): Promise<DumpedPartition[]> {
  const { rows } = await client.query<DumpedPartition>(`
    SELECT p.relname AS parent, c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
    WHERE c.relkind = 'r' AND c.relnamespace = 'site'::regnamespace ORDER BY 1, 2`);
  return rows;
}

/** Makes those that are missing, built beside and attached, so that the parent is not locked for long. */
export async function makePartitions(
  client: ClientBase,
  partitions: readonly DumpedPartition[],
): Promise<void> {
  const known = new Set((await listPartitions(client)).map(({ name }) => name));
  for (const { parent, name, bound } of partitions) {
    if (known.has(name)) continue;
    if (!/^FOR VALUES FROM \('[0-9a-f-]+'\) TO \('[0-9a-f-]+'\)$/.test(bound)) {
      throw new Error(`the bounds of the partition ${name} cannot be read`);
    }
    const [child, of] = [escapeIdentifier(name), escapeIdentifier(parent)];
    // oxlint-disable-next-line no-await-in-loop
    await client.query(
      `CREATE TABLE site.${child} (LIKE site.${of} INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
       ALTER TABLE site.${of} ATTACH PARTITION site.${child} ${bound}`,
    );
  }
}
