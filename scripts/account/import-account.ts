import type { ClientBase } from "pg";
import { listApplied, requireSame } from "#scripts/backup/applied-migrations.ts";
import { copyRows } from "#scripts/backup/copy-rows.ts";
import type { DumpedTable, DumpHeader } from "#scripts/backup/dump-format.ts";
import { readDump } from "#scripts/backup/dump-reader.ts";
import { inTransaction } from "#scripts/backup/in-snapshot.ts";
import { makePartitions } from "#scripts/backup/partitions.ts";
import { passOverRows } from "#scripts/backup/sequences.ts";
import { listTables } from "#scripts/backup/tables.ts";
import { verifyDump } from "#scripts/backup/verify-dump.ts";
import type { OpenDatabase } from "./export-account.ts";

export type ImportOutcome = {
  account: NonNullable<DumpHeader["account"]>;
  /** Rows stored; 0 for what was there already. */
  control: number;
  facts: number;
};

/**
 * Brings an account of `exportAccount` into `database` (absent: where it lives, a new one in `main`), and into `main` who
 * it is unless that is there, and says in `main` where it lives now. What was imported before stays as it is. Throws, with
 * nothing changed, when the file is broken, of another schema, or names ids that others have here.
 */
export async function importAccount(
  open: OpenDatabase,
  { file, database }: { file: string; database?: string | undefined },
): Promise<ImportOutcome> {
  const { header } = await verifyDump(file);
  const { account } = header;
  if (account === undefined) throw new Error(`Cannot import ${file}: it is a whole database, restore it`);
  const main = open("main");
  if (main === null) throw new Error("Cannot import: DATABASE_URL is not set");
  const name = database ?? (await homeOf(main, account.id)) ?? "main";
  const facts = open(name);
  if (facts === null) throw new Error(`Cannot import: the database ${name} has no address`);
  for (const database of new Set([main, facts])) {
    // oxlint-disable-next-line no-await-in-loop
    requireSame(header.migrations, await listApplied(database));
  }
  const target = { main, facts, file, name, account };
  return await inTransaction(main, async () =>
    main === facts ? await store(target) : await inTransaction(facts, async () => await store(target)),
  );
}

type Target = {
  main: ClientBase;
  facts: ClientBase;
  file: string;
  name: string;
  account: ImportOutcome["account"];
};

async function store({ main, facts, file, name, account }: Target): Promise<ImportOutcome> {
  const isKnown = await isInMain(main, account);
  const hasFacts = await holdsFacts(facts, account.id);
  const outcome: ImportOutcome = { account, control: 0, facts: 0 };
  const tables = new Set((await listTables(facts)).map(({ name: known }) => known));
  await readDump(file, {
    header: async ({ partitions }) => {
      if (!hasFacts) await makePartitions(facts, partitions);
    },
    table: async (table, rows) => {
      if (!tables.has(table.table)) throw new Error(`there is no table ${table.table}`);
      const isControl = table.table.startsWith("control.");
      if (isControl ? isKnown : hasFacts) return await passBy(rows);
      if (isControl) outcome.control += await storeControl(main, table, rows);
      else outcome.facts += await copyRows(facts, { into: table.table, columns: table.columns }, rows);
    },
    footer: () => undefined,
  });
  await main.query("UPDATE control.accounts SET database = $2 WHERE id = $1", [account.id, name]);
  for (const database of new Set([main, facts])) {
    // oxlint-disable-next-line no-await-in-loop
    await passOverRows(database);
  }
  return outcome;
}

async function homeOf(main: ClientBase, accountId: number): Promise<string | undefined> {
  const { rows } = await main.query<{ database: string }>(
    "SELECT database FROM control.accounts WHERE id = $1",
    [accountId],
  );
  return rows[0]?.database;
}

/** Whether the account is there. Throws when its id is another's. */
async function isInMain(main: ClientBase, { id, publicId }: ImportOutcome["account"]): Promise<boolean> {
  const { rows } = await main.query<{ publicId: string }>(
    'SELECT public_id AS "publicId" FROM control.accounts WHERE id = $1',
    [id],
  );
  const [there] = rows;
  if (there !== undefined && there.publicId !== publicId) {
    throw new Error(`the id ${id} is that of the account ${there.publicId} here`);
  }
  return there !== undefined;
}

async function holdsFacts(facts: ClientBase, accountId: number): Promise<boolean> {
  const { rows } = await facts.query<{ is: boolean }>(
    "SELECT EXISTS (SELECT FROM site.sites WHERE account_id = $1) AS is",
    [accountId],
  );
  return rows[0]?.is === true;
}

/** People may be members of other accounts here already: they stay as they are, and what hangs on them as well. */
async function storeControl(
  client: ClientBase,
  table: DumpedTable,
  rows: AsyncIterable<Buffer>,
): Promise<number> {
  const isPerson = table.table === "control.users" || table.table === "control.user_metrics";
  if (!isPerson) return await copyRows(client, { into: table.table, columns: table.columns }, rows);
  const columns = table.columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(", ");
  const key =
    table.table === "control.users" ? "t.id = r.id AND t.public_id = r.public_id" : "t.user_id = r.user_id";
  await client.query(
    `CREATE TEMP TABLE arriving ON COMMIT DROP AS SELECT ${columns} FROM ${table.table} LIMIT 0`,
  );
  await copyRows(client, { into: "pg_temp.arriving", columns: table.columns }, rows);
  const { rowCount } = await client.query(
    `INSERT INTO ${table.table} AS r (${columns}) OVERRIDING SYSTEM VALUE
     SELECT ${columns} FROM pg_temp.arriving t WHERE NOT EXISTS (SELECT FROM ${table.table} r WHERE ${key})`,
  );
  await client.query("DROP TABLE pg_temp.arriving");
  // Who runs one installation does not run another by that.
  if (table.table === "control.users") {
    await client.query(
      "UPDATE control.users SET is_superadmin = false WHERE xmin = pg_current_xact_id()::xid",
    );
  }
  return rowCount ?? 0;
}

async function passBy(rows: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of rows);
}
