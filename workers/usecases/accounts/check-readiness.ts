import { pingDatabase } from "#db/queries/accounts/ping-database.ts";
import type { Deps } from "#usecases/deps.ts";

/** `degraded`: everything works, slower, because the cache is away. */
export type Readiness = {
  status: "ok" | "degraded" | "unavailable";
  databases: Record<string, boolean>;
  cache: boolean;
};

/** Asks every database and the cache whether they answer. */
export async function checkReadiness(deps: Pick<Deps, "databases" | "cache">): Promise<Readiness> {
  const names = deps.databases.names();
  const [cache, ...answers] = await Promise.all([
    deps.cache.isUp(),
    ...names.map((name) => pingDatabase(deps.databases.named(name))),
  ]);
  const databases = Object.fromEntries(names.map((name, at) => [name, answers[at] ?? false]));
  if (!answers.every((isUp) => isUp)) return { status: "unavailable", databases, cache };
  return { status: cache ? "ok" : "degraded", databases, cache };
}
