import { fail, ok, type Result } from "#core/result.ts";
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
  type KeptPart,
  type RulesPart,
} from "./compute-parts.ts";
import type { MarkovPart } from "./markov-part.ts";
import { isJobsWork, requestPatience, SLOW_MS } from "./patience.ts";
import { factorsOf, stateKey } from "./settle-state.ts";

export type AttributionDeps = Pick<Deps, "databases" | "clock" | "workQueue">;

/** A range whose days never stand still would never be ready: what a job has just worked out is shown, as of then. */
const RECENT_MS = 10 * 60_000;

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
  if (kept) return ok({ ...answer, known: kept });

  const patience = requestPatience(state.contacts, deps.clock.now().getTime() - now.getTime());
  const computed =
    patience && (await computeParts({ db, clock: deps.clock }, wantedParts(parts, factors), patience));
  if (computed?.ok) return ok({ ...answer, known: computed.value });
  if (computed?.error.kind === "not_found") return fail({ kind: "not_found" });
  await askJob(deps, input, options);
  return ok({ ...answer, known: null });
}

/** What is kept for the question, all of one version; null where that is not to be had. */
export function keptParts<T>(
  { stored, version, contacts }: AttributionState,
  { options, now, rates }: { options: readonly string[]; now: Date; rates: string },
): ComputedParts<T> | null {
  const found = options.flatMap((wanted) => stored.find((result) => result.options === wanted) ?? []);
  const [first] = found;
  if (first === undefined || found.length < options.length) return null;
  // What is kept under these options has the shape it was kept with.
  const kept = found.map((result) => [result.options, result.result as KeptPart<T>] as const);
  const parts = new Map(kept.map(([option, { part }]) => [option, part]));
  const isConverted = kept.every(([, part]) => part.rates === rates);
  if (isConverted && found.every(({ isCurrent }) => isCurrent)) return { dataVersion: version, parts };
  const isSlow = isJobsWork(contacts) || found.some(({ tookMs }) => tookMs > SLOW_MS);
  const isRecent = found.every(
    (result) =>
      result.isMatched &&
      result.dataVersion === first.dataVersion &&
      now.getTime() - Date.parse(result.computedAt) < RECENT_MS,
  );
  return isSlow && isRecent ? { dataVersion: first.dataVersion, asOf: first.computedAt, parts } : null;
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
