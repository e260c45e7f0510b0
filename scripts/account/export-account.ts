import type { ClientBase } from "pg";
import { listApplied } from "#scripts/backup/applied-migrations.ts";
import { DUMP_VERSION } from "#scripts/backup/dump-format.ts";
import { inSnapshot } from "#scripts/backup/in-snapshot.ts";
import { listPartitions } from "#scripts/backup/partitions.ts";
import { listTables } from "#scripts/backup/tables.ts";
import { writeDump } from "#scripts/backup/write-dump.ts";
import { accountTables } from "./account-tables.ts";
import { findAccount } from "./find-account.ts";

/** Opens a database by the name that Waymark gives it; null when it has no address. */
export type OpenDatabase = (name: string) => ClientBase | null;

/**
 * Writes all that is kept of an account into a file: who it is from `main`, its facts from the database that it lives in.
 * Each is read as it is at one instant; when the two are different databases, those instants are a moment apart. Returns
 * the rows by table.
 */
export async function exportAccount(
  open: OpenDatabase,
  { account: name, file, at }: { account: string; file: string; at: Date },
): Promise<Record<string, number>> {
  const main = open("main");
  if (main === null) throw new Error("Cannot export: DATABASE_URL is not set");
  const account = await findAccount(main, name);
  const facts = open(account.database);
  if (facts === null) throw new Error(`Cannot export: the database ${account.database} has no address`);
  return await inSnapshot(main, async () =>
    facts === main
      ? await write(main, main, { account, file, at })
      : await inSnapshot(facts, async () => await write(main, facts, { account, file, at })),
  );
}

type Wanted = { account: Awaited<ReturnType<typeof findAccount>>; file: string; at: Date };

async function write(main: ClientBase, facts: ClientBase, { account, file, at }: Wanted) {
  const key = { accountId: account.id, siteIds: await siteIdsOf(facts, account.id) };
  const control = accountTables(await listTables(main), "control", key);
  const site = accountTables(await listTables(facts), "site", key);
  return await writeDump(file, {
    header: {
      waymark: "account",
      version: DUMP_VERSION,
      takenAt: at.toISOString(),
      migrations: await listApplied(facts),
      partitions: await listPartitions(facts),
      account: { id: account.id, publicId: account.publicId, name: account.name },
    },
    parts: [
      ...control.map((table) => ({ client: main, ...table })),
      ...site.map((table) => ({ client: facts, ...table })),
    ],
    sequences: [],
  });
}

async function siteIdsOf(facts: ClientBase, accountId: number): Promise<number[]> {
  const { rows } = await facts.query<{ id: number }>(
    "SELECT id FROM site.sites WHERE account_id = $1 ORDER BY id",
    [accountId],
  );
  return rows.map(({ id }) => id);
}
