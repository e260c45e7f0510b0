import type { ClientBase } from "pg";
import { inTransaction } from "#scripts/backup/in-snapshot.ts";
import { listTables } from "#scripts/backup/tables.ts";
import { accountTables } from "./account-tables.ts";
import type { OpenDatabase } from "./export-account.ts";
import { findAccount } from "./find-account.ts";

/**
 * Deletes the facts that an account has left behind in the database `from`. Returns how many rows went. Throws, with
 * nothing changed, when the account lives there.
 */
export async function removeLeftFacts(
  open: OpenDatabase,
  { account: name, from }: { account: string; from: string },
): Promise<number> {
  const [main, facts] = [open("main"), open(from)];
  if (main === null || facts === null) throw new Error(`Cannot remove: the database ${from} has no address`);
  const account = await findAccount(main, name);
  if (account.database === from) throw new Error(`Cannot remove: ${account.publicId} lives in ${from}`);
  return await inTransaction(facts, async () => await removeFacts(facts, account.id));
}

async function removeFacts(facts: ClientBase, accountId: number): Promise<number> {
  const sites = await facts.query<{ id: number }>("SELECT id FROM site.sites WHERE account_id = $1", [
    accountId,
  ]);
  const key = { accountId, siteIds: sites.rows.map(({ id }) => id) };
  let removed = 0;
  // What hangs on a row goes before the row.
  for (const { table, where } of accountTables(await listTables(facts), "site", key).toReversed()) {
    // oxlint-disable-next-line no-await-in-loop
    const { rowCount } = await facts.query(`DELETE FROM ${table} WHERE ${where}`);
    removed += rowCount ?? 0;
  }
  return removed;
}
