import type { ClientBase } from "pg";

export type FoundAccount = { id: number; publicId: string; name: string; database: string };

/** An account of `main` by its public id, or by a member's e-mail address. Throws unless exactly one is meant. */
export async function findAccount(main: ClientBase, name: string): Promise<FoundAccount> {
  const { rows } = await main.query<FoundAccount>(
    `SELECT a.id, a.public_id AS "publicId", a.name, a.database FROM control.accounts a
     WHERE a.public_id = $1 OR a.id IN (
       SELECT m.account_id FROM control.members m JOIN control.users u ON u.id = m.user_id WHERE u.email = lower($1))
     ORDER BY a.id`,
    [name],
  );
  const [account, other] = rows;
  if (account === undefined) throw new Error(`There is no account ${name}`);
  if (other !== undefined) {
    throw new Error(
      `${name} is in ${rows.length} accounts: ${rows.map(({ publicId }) => publicId).join(", ")}`,
    );
  }
  return account;
}
