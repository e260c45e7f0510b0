import { setTimeout as wait } from "node:timers/promises";
import { type ClientBase, DatabaseError, escapeLiteral } from "pg";
import type { Migration } from "./read-migrations.ts";

export type Limits = {
  /** How long one statement waits for a lock: as long, whoever comes after it waits as well. */
  lockTimeoutMs: number;
  /** How long a file may hold its locks, waiting for further ones included. */
  maxHoldMs: number;
  /** How often a file is tried while others hold what it needs. */
  tries: number;
};

const DEFAULTS: Limits = { lockTimeoutMs: 500, maxHoldMs: 1500, tries: 60 };
const PAUSE_MS = 250;
/** lock_not_available, deadlock_detected */
const LOCK_CODES: ReadonlySet<string> = new Set(["55P03", "40P01"]);
const TRANSACTION_TIMEOUT = "25P04";

/**
 * Applies a file in one transaction. All of it is one message, so that its locks are not held for as many round trips as
 * it has statements. Throws when it fails, with nothing of it kept.
 */
export async function runInTransaction(
  client: ClientBase,
  migration: Migration,
  given: Partial<Limits>,
): Promise<void> {
  const limits = { ...DEFAULTS, ...given };
  for (let attempt = 1; ; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop
    const failure = await tryOnce(client, migration, limits);
    if (failure === null) return;
    const isLocked = LOCK_CODES.has(codeOf(failure));
    if (!isLocked || attempt >= limits.tries) throw explain(migration, failure, limits);
    // Not in step with whoever holds the lock.
    // oxlint-disable-next-line no-await-in-loop
    await wait(PAUSE_MS * (0.5 + Math.random()));
  }
}

/**
 * Applies a file without a transaction, each of its indexes concurrently: nobody waits for it. It can be run again
 * wherever it was broken off: what is there stays, an index that came to nothing is made anew.
 */
export async function runAlone(client: ClientBase, migration: Migration): Promise<void> {
  try {
    for (const statement of migration.statements) {
      // oxlint-disable-next-line no-await-in-loop
      await makeConcurrently(client, statement);
    }
    await client.query(recordOf(migration));
  } catch (error) {
    throw new Error(`Cannot migrate: ${migration.name} failed: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function tryOnce(client: ClientBase, migration: Migration, limits: Limits): Promise<Error | null> {
  const ignore = (): void => undefined;
  client.on("error", ignore);
  try {
    await client.query(
      [
        "BEGIN",
        `SET LOCAL lock_timeout = ${limits.lockTimeoutMs}`,
        ...(Number.isFinite(limits.maxHoldMs)
          ? [
              `SET LOCAL statement_timeout = ${limits.maxHoldMs}`,
              `SET LOCAL transaction_timeout = ${limits.maxHoldMs}`,
            ]
          : []),
        ...migration.statements.map((statement) => statement.trim().replace(/;$/, "")),
        recordOf(migration),
        "COMMIT",
      ].join("\n;\n"),
    );
    client.off("error", ignore);
    return null;
  } catch (error) {
    // Postgres ends the connection of a transaction that takes too long. The query's error has said so: that of the
    // connection, which comes later, says nothing more.
    if (codeOf(error as Error) === TRANSACTION_TIMEOUT) return error as Error;
    client.off("error", ignore);
    await client.query("ROLLBACK");
    return error as Error;
  }
}

async function makeConcurrently(client: ClientBase, statement: string): Promise<void> {
  const name = /\bindex\s+(?:concurrently\s+)?(?:if\s+(?:not\s+)?exists\s+)?([\w."]+)/i.exec(statement)?.[1];
  const { rows } = await client.query<{ name: string }>(
    `SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE NOT i.indisvalid AND c.relname = $1`,
    [name?.replaceAll('"', "").split(".").at(-1)],
  );
  for (const half of rows) {
    // oxlint-disable-next-line no-await-in-loop
    await client.query(`DROP INDEX CONCURRENTLY ${half.name}`);
  }
  await client.query(concurrent(statement));
}

function concurrent(statement: string): string {
  return statement.replace(
    /\bcreate\s+(unique\s+)?index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?/i,
    (_, unique: string | undefined) => `CREATE ${unique ?? ""}INDEX CONCURRENTLY IF NOT EXISTS `,
  );
}

function recordOf({ name, hash }: Migration): string {
  return `INSERT INTO public.schema_migrations (name, hash) VALUES (${escapeLiteral(name)}, ${escapeLiteral(hash)})`;
}

function explain({ name }: Migration, failure: Error, { maxHoldMs, tries }: Limits): Error {
  const code = codeOf(failure);
  const timedOut = code === TRANSACTION_TIMEOUT || code === "57014";
  const why = LOCK_CODES.has(code)
    ? `others held what it needs, ${tries} times`
    : timedOut
      ? `it would hold its locks for more than ${maxHoldMs} ms`
      : failure.message;
  return new Error(`Cannot migrate: ${name} failed: ${why}`, { cause: failure });
}

function codeOf(error: Error): string {
  return error instanceof DatabaseError ? (error.code ?? "") : "";
}
