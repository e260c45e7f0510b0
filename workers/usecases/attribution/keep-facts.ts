import type { JourneysBasis } from "#contract/glass-box.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { DayFactor } from "#core/money/day-factors.ts";
import type { Database } from "#db/database.ts";
import { loadFacts } from "#db/queries/attribution/load-facts.ts";
import { loadAttributionState, type AttributionState } from "#db/queries/attribution/load-state.ts";
import { requestResults, storeResults } from "#db/queries/attribution/stored-results.ts";
import type { Clock } from "#platform/clock.ts";
import type { AnalyticsFailure } from "#usecases/analytics/analytics-input.ts";
import { isRange } from "#usecases/analytics/load-ranges.ts";
import type { AttributionInput, AttributionQuestion } from "./attribution-question.ts";
import { inTime, ratesKey, type ComputeFailure } from "./compute-parts.ts";
import type { StepsShape, WantedFacts } from "./journey-facts.ts";
import { keptParts, type AttributionDeps } from "./known-credit.ts";
import { requestPatience } from "./patience.ts";
import { convertedRevenue, factorsOf, stateKey } from "./settle-state.ts";

/** Facts, and how they were looked at; null while a job works them out. */
export type KnownFacts<T> = { basis: JourneysBasis; facts: T | null };

export type FactsAsked<T> = { input: AttributionInput; wanted: WantedFacts<T>; steps: StepsShape | null };

/**
 * Facts about the journeys of a range: from kept results where nothing has changed since, otherwise worked out at once, or
 * by a job where that takes long.
 */
export async function knownFacts<T>(
  deps: AttributionDeps,
  { input, wanted, steps }: FactsAsked<T>,
): Promise<Result<KnownFacts<T>, AnalyticsFailure>> {
  if (!isRange(input)) return fail({ kind: "invalid_range" });
  const { siteId, database } = input.site;
  const db = deps.databases.named(database);
  const now = deps.clock.now();
  const state = await loadAttributionState(db, stateKey({ ...input, siteId }), [wanted.options]);
  if (state === null) return fail({ kind: "not_found" });
  const factors = factorsOf(state, input);
  const kept = keptParts<T>(state, { options: [wanted.options], now, rates: ratesKey(factors) });
  if (kept) {
    if (kept.isDue) await askJob(deps, { input, wanted, steps });
    const facts = kept.parts.get(wanted.options) ?? null;
    return ok({ basis: basisOf(input, { state, factors, now, ...kept }), facts });
  }
  const patience = requestPatience(state.contacts, deps.clock.now().getTime() - now.getTime());
  const computed =
    patience === null
      ? fail({ kind: "too_long" } as const)
      : await computeFacts({ db, clock: deps.clock }, wanted, { factors, timeoutMs: patience.timeoutMs });
  if (computed.ok) {
    const { facts, dataVersion } = computed.value;
    return ok({ basis: basisOf(input, { state, factors, now, dataVersion }), facts });
  }
  if (computed.error.kind === "not_found") return fail({ kind: "not_found" });
  await askJob(deps, { input, wanted, steps });
  return ok({ basis: basisOf(input, { state, factors, now, dataVersion: state.version }), facts: null });
}

type Computed<T> = { facts: T; dataVersion: string };

/** Works facts out and keeps them, at the version that they were made of. Harmless twice. */
export async function computeFacts<T>(
  deps: { db: Database; clock: Clock },
  wanted: WantedFacts<T>,
  { factors, timeoutMs }: { factors: readonly DayFactor[]; timeoutMs: number },
): Promise<Result<Computed<T>, ComputeFailure>> {
  const startedMs = deps.clock.now().getTime();
  const { question, options } = wanted;
  const asked = wanted.ask(factors);
  const { statements } = asked;
  const loaded = await inTime(async () => await loadFacts(deps.db, question, { statements, timeoutMs }));
  if (!loaded.ok) return loaded;
  if (loaded.value === null) return fail({ kind: "not_found" });
  const { version, dataVersion, answers } = loaded.value;
  const facts = asked.read(answers);
  const result = { rates: ratesKey(factors), part: facts };
  const computedAt = deps.clock.now();
  const about = { ...version, dataVersion, computedAt, tookMs: computedAt.getTime() - startedMs };
  await deps.db.execute(storeResults(question, about, [{ options, result }]));
  return ok({ facts, dataVersion });
}

type Known = {
  state: AttributionState;
  factors: readonly DayFactor[];
  now: Date;
  dataVersion: string;
  asOf?: string;
};

function basisOf(
  { options, type, customer }: AttributionQuestion,
  { state, factors, now, dataVersion, asOf }: Known,
): JourneysBasis {
  const { currency, timeZone, staleSince } = state;
  const convertedCurrencies = convertedRevenue(state, factors);
  const moment = asOf ?? staleSince ?? now.toISOString();
  return { ...options, type, customer, currency, timeZone, dataVersion, convertedCurrencies, asOf: moment };
}

async function askJob<T>(deps: AttributionDeps, { input, wanted, steps }: FactsAsked<T>): Promise<void> {
  const { site, from, to, by, type, customer, options } = input;
  const { siteId, database } = site;
  const db = deps.databases.named(database);
  const now = deps.clock.now();
  if (!(await requestResults(db, { siteId, from, to }, { options: [wanted.options], now }))) return;
  const question = { from, to, by, options, type, customer };
  await deps.workQueue.send({ v: 1, kind: "compute-journeys", database, siteId, question, steps });
}
