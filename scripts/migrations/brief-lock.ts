import { setTimeout as wait } from "node:timers/promises";
import { type ClientBase, DatabaseError } from "pg";

export type Limits = {
  /** How long one statement waits for a lock: as long, whoever comes after it waits as well. */
  lockTimeoutMs: number;
  /** How long locks may be held, waiting for further ones included. */
  maxHoldMs: number;
  /** How often it is tried while others hold what it needs. */
  tries: number;
};

const DEFAULTS: Limits = { lockTimeoutMs: 500, maxHoldMs: 1500, tries: 60 };
const PAUSE_MS = 250;
/** lock_not_available, deadlock_detected */
const LOCK_CODES: ReadonlySet<string> = new Set(["55P03", "40P01"]);
const TRANSACTION_TIMEOUT = "25P04";
const QUERY_CANCELED = "57014";

/**
 * Runs statements in one transaction that nobody has to wait long for, again while others hold what it needs. They are
 * one message, so that locks are not held for as many round trips as there are statements. Throws in words, with nothing
 * of them kept, when they fail.
 */
export async function underBriefLock(
  client: ClientBase,
  statements: readonly string[],
  given: Partial<Limits>,
): Promise<void> {
  const limits = { ...DEFAULTS, ...given };
  for (let attempt = 1; ; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop
    const failure = await tryOnce(client, statements, limits);
    if (failure === null) return;
    const isLocked = LOCK_CODES.has(codeOf(failure));
    if (!isLocked || attempt >= limits.tries) {
      throw new Error(wordsFor(failure, limits), { cause: failure });
    }
    // Not in step with whoever holds the lock.
    // oxlint-disable-next-line no-await-in-loop
    await wait(PAUSE_MS * (0.5 + Math.random()));
  }
}

async function tryOnce(
  client: ClientBase,
  statements: readonly string[],
  { lockTimeoutMs, maxHoldMs }: Limits,
): Promise<Error | null> {
  const ignore = (): void => undefined;
  client.on("error", ignore);
  const holding = Number.isFinite(maxHoldMs)
    ? [`SET LOCAL statement_timeout = ${maxHoldMs}`, `SET LOCAL transaction_timeout = ${maxHoldMs}`]
    : [];
  try {
    const all = ["BEGIN", `SET LOCAL lock_timeout = ${lockTimeoutMs}`, ...holding, ...statements, "COMMIT"];
    await client.query(all.map((statement) => statement.trim().replace(/;$/, "")).join("\n;\n"));
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

function wordsFor(failure: Error, { maxHoldMs, tries }: Limits): string {
  const code = codeOf(failure);
  if (LOCK_CODES.has(code)) return `others held what it needs, ${tries} times`;
  if (code === TRANSACTION_TIMEOUT || code === QUERY_CANCELED) {
    return `it would hold its locks for more than ${maxHoldMs} ms`;
  }
  return failure.message;
}

function codeOf(error: Error): string {
  return error instanceof DatabaseError ? (error.code ?? "") : "";
}
