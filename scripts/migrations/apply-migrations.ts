import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ClientBase } from "pg";

const FILE_NAME = /^\d{4}_[a-z0-9]+(_[a-z0-9]+)+\.sql$/;
const STATEMENT_BREAK = "--> statement-breakpoint";
/** Any number, as long as every runner uses the same one: the second runner waits for the first. */
const LOCK = 7_246_110_541;

type Migration = { name: string; hash: string; statements: string[] };

/**
 * Applies the migrations of a folder that the database does not have yet, in the order of their numbers, each in
 * a transaction of its own. Returns the names of those applied. Throws, with nothing of that file kept, when a
 * statement fails; throws before anything when a file that was applied has changed, or is gone.
 */
export async function applyMigrations(client: ClientBase, folder: string): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
  try {
    const pending = findPending(migrations, await readApplied(client));
    for (const migration of pending) await applyOne(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [LOCK]);
  }
}

export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).toSorted();
  return await Promise.all(
    names.map(async (name, index) => {
      if (!FILE_NAME.test(name)) throw new Error(`Cannot migrate: ${name} is not named NNNN_verb_noun.sql`);
      if (names[index - 1]?.slice(0, 4) === name.slice(0, 4)) {
        throw new Error(`Cannot migrate: ${names[index - 1]} and ${name} have the same number`);
      }
      // Git may change line ends; that is not a change of the migration.
      const text = (await readFile(join(folder, name), "utf8")).replaceAll("\r\n", "\n");
      return {
        name,
        hash: createHash("sha256").update(text).digest("hex"),
        statements: text.split(STATEMENT_BREAK).filter((statement) => statement.trim() !== ""),
      };
    }),
  );
}

async function readApplied(client: ClientBase): Promise<Map<string, string>> {
  await client.query(`
    CREATE TABLE IF NOT EXISTS public.schema_migrations (
      name text PRIMARY KEY,
      hash text NOT NULL,
      applied_at timestamptz(3) NOT NULL DEFAULT now()
    )`);
  const { rows } = await client.query<{ name: string; hash: string }>(
    "SELECT name, hash FROM public.schema_migrations ORDER BY name",
  );
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

function findPending(migrations: Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  const known = new Map(migrations.map(({ name, hash }) => [name, hash]));
  for (const [name, hash] of applied) {
    if (!known.has(name)) throw new Error(`Cannot migrate: ${name} was applied, but its file is gone`);
    if (known.get(name) !== hash) throw new Error(`Cannot migrate: ${name} has changed since it was applied`);
  }
  const latest = [...applied.keys()].at(-1) ?? "";
  const late = migrations.find(({ name }) => name < latest && !applied.has(name));
  if (late !== undefined)
    throw new Error(`Cannot migrate: ${late.name} comes before ${latest}, which was applied`);
  return migrations.filter(({ name }) => !applied.has(name));
}

async function applyOne(client: ClientBase, { name, hash, statements }: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    for (const statement of statements) await client.query(statement);
    await client.query("INSERT INTO public.schema_migrations (name, hash) VALUES ($1, $2)", [name, hash]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw new Error(`Cannot migrate: ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}
