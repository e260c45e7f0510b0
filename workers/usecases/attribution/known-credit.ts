import { fail, ok, type Result } from "#core/result.ts";
import type { Database } from "#db/database.ts";
import { loadAttributionState, type AttributionState } from "#db/queries/attribution/load-state.ts";
import { requestResults } from "#db/queries/attribution/stored-results.ts";
import type { AnalyticsFailure } from "#usecases/analytics/analytics-input.ts";
import { isRange } from "#usecases/analytics/load-ranges.ts";
import type { Deps } from "#usecases/deps.ts";
import type { AnswerFacts } from "./attribution-answer.ts";
import { attributionParts, wantedParts } from "./attribution-parts.ts";
import type { AttributionInput } from "./attribution-question.ts";
import {
  computeParts,
  ratesKey,
  type ComputedParts,
  type ComputeFailure,
  type KeptPart,
  type RulesPart,
} from "./compute-parts.ts";
import type { MarkovPart } from "./markov-part.ts";
import { isJobsWork, requestPatience, SLOW_MS } from "./patience.ts";
import { factorsOf, stateKey } from "./settle-state.ts";

export type AttributionDeps = Pick<Deps, "databases" | "clock" | "workQueue">;

/** A range whose days never stand still would never be ready: what a job has just worked out is shown, as of then. */
const RECENT_MS = 10 * 60_000;
/** While it is shown it is worked out anew, at most a twentieth of the time: a busy site would have Postgres do nothing else. */
const REST_PER_WORK = 20;

/** What is kept; `isDue` where it is outdated, and has been shown for long enough for a job to work it out anew. */
export type KeptParts<T = RulesPart | MarkovPart> = ComputedParts<T> & { isDue: boolean };

/** What an answer is made of; `known` is null while a job works it out. */
export type KnownCredit = AnswerFacts & { known: ComputedParts | null };

/**
 * The parts of an answer: from kept results where nothing has changed since, otherwise worked out at once, or by a job, which
 * is told here, where that takes long.
 */
export async function knownCredit(
  deps: AttributionDeps,
  input: AttributionInput,
): Promise<Result<KnownCredit, AnalyticsFailure>> {
  if (!isRange(input)) return fail({ kind: "invalid_range" });
  const { siteId, database } = input.site;
  const db = deps.databases.named(database);
  const parts = attributionParts(siteId, input);
  const options = [...new Set(Object.values(parts).map((part) => part.options))];
  const now = deps.clock.now();
  const state = await loadAttributionState(db, stateKey({ ...input, siteId }), options);
  if (state === null) return fail({ kind: "not_found" });
  const factors = factorsOf(state, input);
  const answer = { input, parts, state, now };
  const kept = keptParts<RulesPart | MarkovPart>(state, { options, now, rates: ratesKey(factors) });
  const known = kept
    ? ok(kept)
    : await computeNow(deps, db, { wanted: wantedParts(parts, factors), contacts: state.contacts, now });
  if (!known.ok && known.error.kind === "not_found") return fail({ kind: "not_found" });
  if (kept ? kept.isDue : !known.ok) await askJob(deps, input, options);
  return ok({ ...answer, known: known.ok ? known.value : null });
}

type Work = { wanted: Parameters<typeof computeParts>[1]; contacts: number; now: Date };

/** Works out what a request has the time for. */
async function computeNow(
  { clock }: AttributionDeps,
  db: Database,
  { wanted, contacts, now }: Work,
): Promise<Result<ComputedParts, ComputeFailure>> {
  const patience = requestPatience(contacts, clock.now().getTime() - now.getTime());
  return patience === null ? fail({ kind: "too_long" }) : await computeParts({ db, clock }, wanted, patience);
}

/** What is kept for the question, all of one version; null where that is not to be had. */
export function keptParts<T>(
  { stored, version, contacts }: AttributionState,
  { options, now, rates }: { options: readonly string[]; now: Date; rates: string },
): KeptParts<T> | null {
  const found = options.flatMap((wanted) => stored.find((result) => result.options === wanted) ?? []);
  const [first] = found;
  if (first === undefined || found.length < options.length) return null;
  // What is kept under these options has the shape it was kept with.
  const kept = found.map((result) => [result.options, result.result as KeptPart<T>] as const);
  const parts = new Map(kept.map(([option, { part }]) => [option, part]));
  const isConverted = kept.every(([, part]) => part.rates === rates);
  if (isConverted && found.every(({ isCurrent }) => isCurrent))
    return { dataVersion: version, parts, isDue: false };
  const slowestMs = Math.max(...found.map(({ tookMs }) => tookMs));
  if (!isJobsWork(contacts) && slowestMs <= SLOW_MS) return null;
  const ageMs = now.getTime() - Math.min(...found.map(({ computedAt }) => Date.parse(computedAt)));
  const isWhole = found.every((result) => result.isMatched && result.dataVersion === first.dataVersion);
  if (!isWhole || ageMs >= RECENT_MS) return null;
  const { dataVersion, computedAt: asOf } = first;
  return { dataVersion, asOf, parts, isDue: ageMs >= REST_PER_WORK * slowestMs };
}

async function askJob(
  deps: AttributionDeps,
  { site, ...question }: AttributionInput,
  options: readonly string[],
): Promise<void> {
  const { siteId, database } = site;
  const db = deps.databases.named(database);
  const { from, to, by, type, customer } = question;
  const now = deps.clock.now();
  if (!(await requestResults(db, { siteId, from, to }, { options, now }))) return;
  await deps.workQueue.send({
    v: 1,
    kind: "compute-attribution",
    database,
    siteId,
    question: { from, to, by, options: question.options, type, customer },
  });
}
