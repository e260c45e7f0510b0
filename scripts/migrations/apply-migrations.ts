import type { ClientBase } from "pg";
import type { Limits } from "./brief-lock.ts";
import { findHazards, type Hazard } from "./find-hazards.ts";
import { findPending, type Migration, readMigrations } from "./read-migrations.ts";
import { runAlone, runForEachSite, runInTransaction } from "./run-migration.ts";
import { makesIndex, runsAlone, statementsIn, subjectOf } from "./statement-subject.ts";
import { readTableFacts, type TableFacts } from "./table-facts.ts";

/** Any number, as long as every runner uses the same one: the second runner waits for the first. */
const LOCK = 7_246_110_541;
/** Reading this much takes about half a second. */
const BIG_TABLE_BYTES = 50_000_000;

export type MigrateOptions = Partial<Limits> & {
  /** Runs steps that take something away from the Workers that run, or hold locks for long. */
  allowDestructive?: boolean | undefined;
  bigTableBytes?: number | undefined;
  /** The last file to apply; absent: all. */
  upTo?: string | undefined;
};

/** Thrown before anything is changed. */
export class DestructiveMigration extends Error {
  override readonly name = "DestructiveMigration";
  readonly hazards: readonly Hazard[];

  constructor(hazards: readonly Hazard[]) {
    const steps = hazards.map(({ migration, why }) => `  ${migration}: ${why}`);
    super(`Cannot migrate: these steps are destructive, and were not allowed:\n${steps.join("\n")}`);
    this.hazards = hazards;
  }
}

/**
 * Applies the migrations of a folder that the database does not have yet, in the order of their numbers. A file runs in
 * one transaction that holds its locks for 1.5 s at most and tries again while others hold what it needs, or in one for
 * each site where it says so; indexes of big tables are made concurrently. Returns the names of those applied. Throws,
 * with nothing of that file kept but the sites before, when a statement fails; throws before anything when a file that
 * was applied has changed or is gone, and `DestructiveMigration` when steps are destructive and not allowed.
 */
export async function applyMigrations(
  client: ClientBase,
  folder: string,
  options: MigrateOptions = {},
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
  try {
    const applied = await readApplied(client);
    const pending = findPending(migrations, applied).filter(
      ({ name }) => options.upTo === undefined || name <= options.upTo,
    );
    const bigTableBytes = options.bigTableBytes ?? BIG_TABLE_BYTES;
    const plan = planEach(pending, { tables: await readTableFacts(client), bigTableBytes });
    if (options.allowDestructive !== true) refuseHazards(plan);
    // Nobody waits for a database that has nothing yet.
    const limits = applied.size === 0 ? { ...options, maxHoldMs: Infinity } : options;
    for (const planned of plan) {
      // One after the other: each stands on those before it.
      // oxlint-disable-next-line no-await-in-loop
      await runnerOf(planned)(client, planned.migration, limits);
    }
    return pending.map(({ name }) => name);
  } finally {
    // A transaction that held its locks for too long took the connection, and the lock, with it.
    await client.query("SELECT pg_advisory_unlock($1)", [LOCK]).catch(() => undefined);
  }
}

type Planned = { migration: Migration; isAlone: boolean; hazards: Hazard[] };
type Facts = { tables: ReadonlyMap<string, TableFacts>; bigTableBytes: number };

function planEach(pending: readonly Migration[], facts: Facts): Planned[] {
  return pending.map((migration) => {
    const isAlone = needsToRunAlone(migration, facts);
    return { migration, isAlone, hazards: isAlone ? [] : findHazards([migration], facts) };
  });
}

function runnerOf({ migration, isAlone }: Planned): typeof runInTransaction {
  if (migration.forEachSite) return runForEachSite;
  return isAlone ? runAlone : runInTransaction;
}

/** A file of indexes only, one of them on a big table, is run without a transaction, each index concurrently. */
function needsToRunAlone({ name, statements }: Migration, { tables, bigTableBytes }: Facts): boolean {
  const each = statements.flatMap(statementsIn);
  if (each.some(runsAlone)) {
    if (each.every(runsAlone)) return true;
    throw new Error(`Cannot migrate: ${name} mixes what is concurrent with what is not`);
  }
  const touched = each.map((statement) => tables.get(subjectOf(statement) ?? ""));
  return (
    each.every(makesIndex) &&
    touched.every((table) => table !== undefined) &&
    touched.some((table) => table.bytes >= bigTableBytes)
  );
}

function refuseHazards(plan: readonly Planned[]): void {
  const hazards = plan.flatMap((planned) => planned.hazards);
  if (hazards.length > 0) throw new DestructiveMigration(hazards);
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
