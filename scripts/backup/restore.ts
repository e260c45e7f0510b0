import type { ClientBase } from "pg";
import { applyMigrations } from "#scripts/migrations/apply-migrations.ts";
import { readMigrations } from "#scripts/migrations/read-migrations.ts";
import { listApplied, requireSame } from "./applied-migrations.ts";
import { copyRows } from "./copy-rows.ts";
import type { DumpHeader } from "./dump-format.ts";
import { readDump } from "./dump-reader.ts";
import { inTransaction } from "./in-snapshot.ts";
import { makePartitions } from "./partitions.ts";
import { setSequences } from "./sequences.ts";
import { listTables } from "./tables.ts";
import { verifyDump } from "./verify-dump.ts";

/**
 * Fills an empty database from a file of `backUp`: its schema as it was then, by the migrations of `folder`, and its rows
 * with every constraint, in one transaction. Returns how many rows there are. Throws before anything is changed when the
 * file is broken or the database holds somebody's rows.
 */
export async function restore(client: ClientBase, file: string, folder: string): Promise<number> {
  const { header, rows } = await verifyDump(file);
  if (header.waymark !== "database")
    throw new Error(`Cannot restore ${file}: it is one account's, import it`);
  await requireEmpty(client);
  await makeSchema(client, header, folder);
  await inTransaction(client, async () => await fill(client, file));
  await client.query("ANALYZE");
  return rows;
}

async function requireEmpty(client: ClientBase): Promise<void> {
  const applied = await listApplied(client);
  if (applied.length === 0) return;
  const { rows } = await client.query<{ is: boolean }>(
    `SELECT EXISTS (SELECT FROM control.accounts) OR EXISTS (SELECT FROM control.users)
       OR EXISTS (SELECT FROM site.sites) AS is`,
  );
  if (rows[0]?.is === true) throw new Error("Cannot restore: the database is not empty");
}

async function makeSchema(client: ClientBase, header: DumpHeader, folder: string): Promise<void> {
  const last = header.migrations.at(-1)?.name ?? "";
  const here = (await readMigrations(folder)).filter(({ name }) => name <= last);
  requireSame(header.migrations, here);
  await applyMigrations(client, folder, { upTo: last });
}

async function fill(client: ClientBase, file: string): Promise<void> {
  const tables = (await listTables(client)).map(({ name }) => name);
  // The migrations put a row here and there.
  await client.query(`TRUNCATE ${tables.join(", ")}`);
  await readDump(file, {
    header: async ({ partitions }) => await makePartitions(client, partitions),
    table: async ({ table, columns }, rows) => {
      if (!tables.includes(table)) throw new Error(`there is no table ${table}`);
      await copyRows(client, { into: table, columns }, rows);
    },
    footer: async ({ sequences }) => await setSequences(client, sequences),
  });
}
