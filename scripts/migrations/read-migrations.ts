import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const FILE_NAME = /^\d{4}_[a-z0-9]+(_[a-z0-9]+)+\.sql$/;
const STATEMENT_BREAK = "--> statement-breakpoint";

export type Migration = { name: string; hash: string; statements: string[] };

/** The migrations of a folder in the order of their numbers. Throws on a name that has none, or one twice. */
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

/**
 * Those of `migrations` that are not in `applied` (hash by name). Throws when a file that was applied has changed or
 * is gone, or when one comes before a file that was applied.
 */
export function findPending(
  migrations: readonly Migration[],
  applied: ReadonlyMap<string, string>,
): Migration[] {
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
