import { pingDatabase } from "#db/queries/accounts/ping-database.ts";
import type { Probe } from "#platform/probes.ts";
import type { Deps } from "#usecases/deps.ts";
import { runChecks, type Check } from "#usecases/operations/run-checks.ts";

/** `degraded`: people are served, but the cache, the queue of work or the storage of reports does not answer. */
export type Readiness = {
  status: "ok" | "degraded" | "unavailable";
  databases: Record<string, boolean>;
  cache: boolean;
  /** Each part with the milliseconds that its answer took. */
  checks: Check[];
};

export type ReadinessDeps = Pick<Deps, "databases" | "cache" | "clock"> & {
  probes: { queue: Probe; storage: Probe };
};

/** Asks every database, the cache, the queue of work and the storage of reports whether they answer. */
export async function checkReadiness(deps: ReadinessDeps): Promise<Readiness> {
  const names = deps.databases.names();
  const checks = await runChecks(deps.clock, [
    ...names.map((name) => ({
      name: `database ${name}`,
      ask: async () => await pingDatabase(deps.databases.named(name)),
    })),
    { name: "cache", ask: async () => await deps.cache.isUp() },
    { name: "queue", ask: deps.probes.queue },
    { name: "storage", ask: deps.probes.storage },
  ]);
  const isUp = (wanted: string) => checks.some(({ name, isUp: answers }) => name === wanted && answers);
  const databases = Object.fromEntries(names.map((name) => [name, isUp(`database ${name}`)]));
  return { status: statusOf(checks, Object.values(databases)), databases, cache: isUp("cache"), checks };
}

function statusOf(checks: readonly Check[], databases: readonly boolean[]): Readiness["status"] {
  if (databases.includes(false)) return "unavailable";
  return checks.every(({ isUp }) => isUp) ? "ok" : "degraded";
}
