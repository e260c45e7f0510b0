import type { AttributionReady } from "#contract/attribution.ts";
import { addDays } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { loadAttributionState } from "#db/queries/attribution/load-state.ts";
import type { RunQuestion } from "#db/queries/runs/run-record.ts";
import { attributionReady } from "#usecases/attribution/attribution-answer.ts";
import { attributionParts, wantedParts } from "#usecases/attribution/attribution-parts.ts";
import { computeParts } from "#usecases/attribution/compute-parts.ts";
import type { Deps } from "#usecases/deps.ts";

/** What a job has: minutes, and a chain of as many states as there may be. */
const PATIENCE = { timeoutMs: 10 * 60_000, mostStates: Number.POSITIVE_INFINITY };

type Question = { site: { siteId: number; publicId: string }; question: RunQuestion };

/** What the workbench shows now, worked out however long it takes; null for a site that is not there any more. */
export async function currentAnswer(
  deps: Pick<Deps, "clock">,
  db: Database,
  { site, question }: Question,
): Promise<AttributionReady | null> {
  const { siteId } = site;
  const { from, to, options } = question;
  const parts = attributionParts(siteId, question);
  const key = { siteId, from, to, versionFrom: addDays(from, -options.lookbackDays) };
  const state = await loadAttributionState(db, key, [parts.rules.options]);
  const known = await computeParts({ db, clock: deps.clock }, wantedParts(parts), PATIENCE);
  if (!known.ok && known.error.kind === "too_long")
    throw new Error(`Cannot compute attribution of site ${siteId}: a statement took more than ten minutes`);
  if (state === null || !known.ok) return null;
  // The database is the one that is at hand: an answer is made of what it says.
  const input = { ...question, site: { ...site, database: "" } };
  return await attributionReady(db, { input, parts, state, now: deps.clock.now(), known: known.value });
}
