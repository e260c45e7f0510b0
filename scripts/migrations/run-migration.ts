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
 * Applies a file site by site, each in a transaction of its own, so that what it writes for all of them is held for none
 * longer than for one. Where it was broken off, it begins anew: its statements are such as may run twice.
 */
export async function runForEachSite(
  client: ClientBase,
  migration: Migration,
  limits: Partial<Limits>,
): Promise<void> {
  const { rows } = await client.query<{ id: number }>("SELECT id FROM site.sites ORDER BY id");
  await named(migration, async () => {
    for (const { id } of rows) {
      const site = `SET LOCAL waymark.site = ${escapeLiteral(String(id))}`;
      // oxlint-disable-next-line no-await-in-loop
      await underBriefLock(client, [site, ...migration.statements], limits);
    }
    await client.query(recordOf(migration));
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
