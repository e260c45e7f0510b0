import type { Attribution } from "#contract/attribution.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { loadAttributionState, type AttributionState } from "#db/queries/attribution/load-state.ts";
import { requestResults } from "#db/queries/attribution/stored-results.ts";
import type { AnalyticsFailure } from "#usecases/analytics/analytics-input.ts";
import { isRange } from "#usecases/analytics/load-ranges.ts";
import type { Deps } from "#usecases/deps.ts";
import { attributionBasis, attributionReady } from "./attribution-answer.ts";
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
import { factorsOf, settleState, stateKey } from "./settle-state.ts";

export type AttributionDeps = Pick<Deps, "databases" | "clock" | "workQueue">;

/** More contacts than this are a job's work from the start. */
export const MOST_CONTACTS = 1_000_000;
/** What takes longer in Postgres, or has more states to invert, is a job's work as well. */
export const PATIENCE = { timeoutMs: 2_000, mostStates: 500 };
/** A range whose days never stand still would never be ready: what a job has just worked out is shown, as of then. */
const RECENT_MS = 10 * 60_000;
export const RETRY_AFTER_MS = 2_000;

/**
 * Credit of a range under every model, side by side: from kept results where nothing has changed since, otherwise worked
 * out at once, or by a job where that takes long; then the answer is `computing`, and the next one has it.
 */
export async function getAttribution(
  deps: AttributionDeps,
  input: AttributionInput,
): Promise<Result<Attribution, AnalyticsFailure>> {
  if (!isRange(input)) return fail({ kind: "invalid_range" });
  const { siteId, database } = input.site;
  const db = deps.databases.named(database);
  const parts = attributionParts(siteId, input);
  const options = [...new Set(Object.values(parts).map((part) => part.options))];
  const { from, to } = input;
  const now = deps.clock.now();
  const state = await loadAttributionState(db, stateKey({ ...input, siteId }), options);
  if (state === null) return fail({ kind: "not_found" });
  const factors = factorsOf(state, input);
  const answer = { input, parts, state, now };
  const ready = async (known: ComputedParts) => {
    const settled = await settleState(db, state, { siteId, from, to, now });
    return ok(await attributionReady(db, { ...answer, state: settled, known }));
  };
  const known = keptParts<RulesPart | MarkovPart>(state, { options, now, rates: ratesKey(factors) });
  if (known) return await ready(known);

  const isLarge = state.contacts > MOST_CONTACTS;
  const computed = isLarge
    ? null
    : await computeParts({ db, clock: deps.clock }, wantedParts(parts, factors), PATIENCE);
  if (computed?.ok) return await ready(computed.value);
  if (computed?.error.kind === "not_found") return fail({ kind: "not_found" });
  await askJob(deps, input, options);
  return ok({
    status: "computing",
    siteId: input.site.publicId,
    by: input.by,
    range: { from, to },
    basis: attributionBasis(answer, {
      dataVersion: state.version,
      foreign: { converted: [], others: [] },
      spendCurrencies: [],
    }),
    retryAfterMs: RETRY_AFTER_MS,
  });
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
  const isSlow = contacts > MOST_CONTACTS || found.some(({ tookMs }) => tookMs > PATIENCE.timeoutMs);
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
