import type { ClientBase } from "pg";

/** Each table's rows in one figure, and where each numbering stands. */
export async function contentsOf(client: ClientBase): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; isSequence: boolean }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relkind = 'S' AS "isSequence"
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('control', 'site') AND c.relkind IN ('r', 'p', 'S') AND NOT c.relispartition ORDER BY 1`,
  );
  const contents: Record<string, string> = {};
  for (const { name, isSequence } of rows) {
    const { rows: found } = await client.query<{ is: string }>(
      isSequence
        ? `SELECT last_value || ' ' || is_called AS is FROM ${name}`
        : `SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS is FROM ${name} t`,
    );
    contents[name] = found[0]?.is ?? "";
  }
  return contents;
}
