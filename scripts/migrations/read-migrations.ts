import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const FILE_NAME = /^\d{4}_[a-z0-9]+(_[a-z0-9]+)+\.sql$/;
const STATEMENT_BREAK = "--> statement-breakpoint";

/** A line of a file whose statements run once for each site, whose id is `current_setting('waymark.site')::int`. */
const FOR_EACH_SITE = /^--> for-each-site$/m;
/** A line with the hash of what the file was before, and did then: who has applied that has applied it. */
const REPLACES = /^--> replaces ([0-9a-f]{64})$/gm;

export type Migration = {
  name: string;
  hash: string;
  /** What the file was before, to the same effect. */
  replaces: string[];
  forEachSite: boolean;
  statements: string[];
};

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
        replaces: [...text.matchAll(REPLACES)].flatMap(([, hash]) => hash ?? []),
        forEachSite: FOR_EACH_SITE.test(text),
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
  const known = new Map(migrations.map(({ name, hash, replaces }) => [name, [hash, ...replaces]]));
  for (const [name, hash] of applied) {
    const hashes = known.get(name);
    if (hashes === undefined) throw new Error(`Cannot migrate: ${name} was applied, but its file is gone`);
    if (!hashes.includes(hash)) throw new Error(`Cannot migrate: ${name} has changed since it was applied`);
  }
  const latest = [...applied.keys()].at(-1) ?? "";
  const late = migrations.find(({ name }) => name < latest && !applied.has(name));
  if (late !== undefined)
    throw new Error(`Cannot migrate: ${late.name} comes before ${latest}, which was applied`);
  return migrations.filter(({ name }) => !applied.has(name));
}
