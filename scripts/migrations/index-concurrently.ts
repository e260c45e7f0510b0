import { type ClientBase, escapeIdentifier } from "pg";
import { type Limits, underBriefLock } from "./brief-lock.ts";
import { makesIndex, plainSql } from "./statement-subject.ts";

const CREATE =
  /\bcreate\s+(unique\s+)?index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?([\w"]+)\s+on\s+([\w".]+)\s+([^]*)$/i;

type NewIndex = { unique: string; name: string; table: string; definition: string };

/**
 * Runs a statement that makes an index, or one that Postgres runs outside of transactions only, so that nobody waits for
 * it. On a partitioned table, where Postgres cannot do that at once, the index is made partition by partition.
 */
export async function indexConcurrently(
  client: ClientBase,
  statement: string,
  limits: Partial<Limits>,
): Promise<void> {
  const [, unique = "", name, table, definition = ""] = CREATE.exec(statement) ?? [];
  if (!makesIndex(plainSql(statement)) || name === undefined || table === undefined) {
    await client.query(statement);
    return;
  }
  const index = { unique, name: name.replaceAll('"', ""), table, definition };
  if (await isPartitioned(client, table)) return await indexPartitions(client, index, limits);
  await makeConcurrently(client, index);
}

async function isPartitioned(client: ClientBase, table: string): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>(
    "SELECT relkind = 'p' AS is FROM pg_class WHERE oid = $1::regclass",
    [table],
  );
  return rows[0]?.is === true;
}

async function makeConcurrently(
  client: ClientBase,
  { unique, name, table, definition }: NewIndex,
): Promise<void> {
  const { rows } = await client.query<{ half: string }>(
    `SELECT i.indexrelid::regclass::text AS half FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE NOT i.indisvalid AND c.relname = $1 AND i.indrelid = $2::regclass`,
    [name, table],
  );
  for (const { half } of rows) {
    // oxlint-disable-next-line no-await-in-loop
    await client.query(`DROP INDEX CONCURRENTLY ${half}`);
  }
  const quoted = escapeIdentifier(name);
  await client.query(`CREATE ${unique}INDEX CONCURRENTLY IF NOT EXISTS ${quoted} ON ${table} ${definition}`);
}

/** The parent's index is valid once each partition's hangs on it; partitions that come meanwhile bring theirs along. */
async function indexPartitions(client: ClientBase, index: NewIndex, limits: Partial<Limits>): Promise<void> {
  const { unique, name, table, definition } = index;
  const parent = `CREATE ${unique}INDEX IF NOT EXISTS ${escapeIdentifier(name)} ON ONLY ${table} ${definition}`;
  await underBriefLock(client, [parent], limits);
  for (const { schema, partition } of await bareLeaves(client, index)) {
    // Of a month's table `events_2026_11` and the index `events_visitor_idx`: `events_2026_11_events_visitor_idx`.
    const own = `${partition}_${name}`.slice(0, 63);
    const on = `${escapeIdentifier(schema)}.${escapeIdentifier(partition)}`;
    // oxlint-disable-next-line no-await-in-loop
    await makeConcurrently(client, { unique, name: own, table: on, definition });
    const hang = `ALTER INDEX ${escapeIdentifier(schema)}.${escapeIdentifier(name)}
      ATTACH PARTITION ${escapeIdentifier(schema)}.${escapeIdentifier(own)}`;
    // oxlint-disable-next-line no-await-in-loop
    await underBriefLock(client, [hang], limits);
  }
}

/** Partitions on which nothing of the parent's index hangs yet. */
async function bareLeaves(
  client: ClientBase,
  { name, table }: NewIndex,
): Promise<{ schema: string; partition: string }[]> {
  const { rows } = await client.query<{ schema: string; partition: string }>(
    `SELECT n.nspname AS schema, c.relname AS partition
     FROM pg_partition_tree($1::regclass) t JOIN pg_class c ON c.oid = t.relid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE t.isleaf AND NOT EXISTS (
       SELECT FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent JOIN pg_index i ON i.indexrelid = h.inhrelid
       WHERE i.indrelid = t.relid AND p.relname = $2)
     ORDER BY 2`,
    [table, name],
  );
  return rows;
}
