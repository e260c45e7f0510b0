import type { ClientBase } from "pg";

export type AppliedMigration = { name: string; hash: string };

/** Those that the database has, in their order; none when it is no database of ours yet. */
export async function listApplied(client: ClientBase): Promise<AppliedMigration[]> {
  const { rows: known } = await client.query<{ is: boolean }>(
    "SELECT to_regclass('public.schema_migrations') IS NOT NULL AS is",
  );
  if (known[0]?.is !== true) return [];
  const { rows } = await client.query<AppliedMigration>(
    "SELECT name, hash FROM public.schema_migrations ORDER BY name",
  );
  return rows;
}

/** Throws unless both have the same migrations. */
export function requireSame(there: readonly AppliedMigration[], here: readonly AppliedMigration[]): void {
  const [last, lastHere] = [there.at(-1)?.name, here.at(-1)?.name];
  if (last !== lastHere) {
    throw new Error(
      `the file has the schema of ${last ?? "nothing"}, this database that of ${lastHere ?? "nothing"}`,
    );
  }
  const hashes = new Map(here.map(({ name, hash }) => [name, hash]));
  const other = there.find(({ name, hash }) => hashes.get(name) !== hash);
  if (other !== undefined) throw new Error(`the file's migration ${other.name} is another one here`);
}
