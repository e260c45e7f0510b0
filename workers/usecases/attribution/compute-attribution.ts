import type { Deps } from "#usecases/deps.ts";
import { attributionParts, wantedParts } from "./attribution-parts.ts";
import type { AttributionQuestion } from "./attribution-question.ts";
import { computeParts } from "./compute-parts.ts";
import { loadJourneysLook } from "./journeys-look.ts";

export type ComputeAttributionJob = { database: string; siteId: number; question: AttributionQuestion };

/** What a job has: minutes, and a chain of as many states as there may be. */
const PATIENCE = { timeoutMs: 10 * 60_000, mostStates: Number.POSITIVE_INFINITY };

/**
 * Works out what somebody has asked for and keeps it, for when they ask again. Coming twice it does the same twice. A site
 * that has gone needs nothing. Throws where Postgres takes more than ten minutes: the queue tells it again.
 */
export async function computeAttribution(
  deps: Pick<Deps, "databases" | "clock">,
  { database, siteId, question }: ComputeAttributionJob,
): Promise<void> {
  const db = deps.databases.named(database);
  const look = await loadJourneysLook(db, { siteId, now: deps.clock.now(), question });
  if (look === null) return;
  const wanted = wantedParts(attributionParts(siteId, question), look.factors);
  const computed = await computeParts({ db, clock: deps.clock }, wanted, PATIENCE);
  if (!computed.ok && computed.error.kind === "too_long")
    throw new Error(`Cannot compute attribution of site ${siteId}: it took more than ten minutes`);
}
