import type { StoredTable } from "#scripts/backup/tables.ts";

/** Rows of an account: `where` is SQL over the int of the account and those of its sites, and nothing else. */
export type AccountTable = { table: string; columns: string[]; where: string };

export type AccountKey = { accountId: number; siteIds: readonly number[] };

/** What belongs to an installation, or to a sign-in of today, rather than to the account. */
const STAYS: ReadonlySet<string> = new Set([
  "control.idempotency_keys",
  "control.mail_tokens",
  "control.user_sessions",
]);

/**
 * The tables of one schema that hold rows of an account, in the order of `tables`, and which rows: those that name the
 * account or one of its sites, or that hang on such a row. Tables without such a way belong to nobody's account.
 */
export function accountTables(
  tables: readonly StoredTable[],
  schema: "control" | "site",
  key: AccountKey,
): AccountTable[] {
  const found = new Map<string, string>();
  for (const table of tables) {
    if (!table.name.startsWith(`${schema}.`) || STAYS.has(table.name)) continue;
    const where = ownRows(table, key) ?? hangingRows(table, found);
    if (where !== null) found.set(table.name, where);
  }
  return tables.flatMap(({ name, columns }) => {
    const where = found.get(name);
    return where === undefined ? [] : [{ table: name, columns, where }];
  });
}

function ownRows({ name, columns }: StoredTable, { accountId, siteIds }: AccountKey): string | null {
  if (name === "control.accounts") return `id = ${accountId}`;
  // A user is the account's by being a member of it.
  if (name === "control.users") {
    return `id IN (SELECT user_id FROM control.members WHERE account_id = ${accountId})`;
  }
  if (columns.includes("account_id")) return `account_id = ${accountId}`;
  if (!columns.includes("site_id")) return null;
  return siteIds.length === 0 ? "false" : `site_id IN (${siteIds.join(", ")})`;
}

/** A row may hang on several, and not on each of them: it is the account's by any. */
function hangingRows({ foreignKeys }: StoredTable, found: ReadonlyMap<string, string>): string | null {
  const ways = foreignKeys.flatMap(({ table, column, target }) => {
    const where = found.get(table);
    return where === undefined ? [] : [`${column} IN (SELECT ${target} FROM ${table} WHERE ${where})`];
  });
  return ways.length === 0 ? null : ways.join(" OR ");
}
