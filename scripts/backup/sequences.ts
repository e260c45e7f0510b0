import type { ClientBase } from "pg";
import type { DumpedSequence } from "./dump-format.ts";

/** Each database numbers its rows in a range of its own of this size: `site.start_ids_at`, docs/operators/operating.md. */
const RANGE = 500_000_000;

/** Where the numbering of rows stands. */
export async function listSequences(client: ClientBase): Promise<DumpedSequence[]> {
  const { rows: names } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences
     WHERE schemaname IN ('control', 'site') ORDER BY 1`,
  );
  const sequences: DumpedSequence[] = [];
  for (const { name } of names) {
    // oxlint-disable-next-line no-await-in-loop
    const { rows } = await client.query<Omit<DumpedSequence, "name">>(
      `SELECT last_value::text AS "lastValue", is_called AS "isCalled" FROM ${name}`,
    );
    sequences.push(...rows.map((row) => ({ name, ...row })));
  }
  return sequences;
}

export async function setSequences(client: ClientBase, sequences: readonly DumpedSequence[]): Promise<void> {
  for (const { name, lastValue, isCalled } of sequences) {
    // oxlint-disable-next-line no-await-in-loop
    await client.query("SELECT setval($1::regclass, $2, $3)", [name, lastValue, isCalled]);
  }
}

/**
 * Numbering goes on behind the rows that came in, where they were numbered in the range of this database; rows of another
 * database's range are never met.
 */
export async function passOverRows(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ sequence: string; table: string; column: string }>(`
    SELECT pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) AS sequence,
      format('%I.%I', n.nspname, c.relname) AS "table", a.attname AS "column"
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('control', 'site') AND a.attidentity <> '' ORDER BY 1`);
  for (const { sequence, table, column } of rows) {
    // oxlint-disable-next-line no-await-in-loop
    await client.query(
      `SELECT setval($1::regclass, m.greatest) FROM ${sequence} s,
         (SELECT max("${column}")::bigint AS greatest FROM ${table}, ${sequence} AS t
          WHERE "${column}"::bigint / $2::bigint = t.last_value / $2::bigint) m
       WHERE m.greatest > s.last_value OR (m.greatest = s.last_value AND NOT s.is_called)`,
      [sequence, RANGE],
    );
  }
}
