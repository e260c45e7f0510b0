import { type ClientBase, escapeLiteral } from "pg";
import { type Limits, underBriefLock } from "./brief-lock.ts";
import { indexConcurrently } from "./index-concurrently.ts";
import type { Migration } from "./read-migrations.ts";

/** Applies a file in one transaction. Throws when it fails, with nothing of it kept. */
export async function runInTransaction(
  client: ClientBase,
  migration: Migration,
  limits: Partial<Limits>,
): Promise<void> {
  await named(migration, async () => {
    await underBriefLock(client, [...migration.statements, recordOf(migration)], limits);
  });
}

/**
 * Applies a file without a transaction, each of its indexes concurrently: nobody waits for it. It can be run again
 * wherever it was broken off: what is there stays, an index that came to nothing is made anew.
 */
export async function runAlone(
  client: ClientBase,
  migration: Migration,
  limits: Partial<Limits>,
): Promise<void> {
  const statements = migration.statements.flatMap((part) => part.split(";"));
  await named(migration, async () => {
    for (const statement of statements.filter((each) => each.trim() !== "")) {
      // oxlint-disable-next-line no-await-in-loop
      await indexConcurrently(client, statement, limits);
    }
    await client.query(recordOf(migration));
  });
}

async function named({ name }: Migration, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    throw new Error(`Cannot migrate: ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}

function recordOf({ name, hash }: Migration): string {
  return `INSERT INTO public.schema_migrations (name, hash) VALUES (${escapeLiteral(name)}, ${escapeLiteral(hash)})`;
}
