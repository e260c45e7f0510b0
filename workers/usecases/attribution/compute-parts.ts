import { MAX_STATES } from "#core/attribution/markov/markov-credit.ts";
import type { MarkovOptions } from "#core/attribution/options.ts";
import type { DayFactor } from "#core/money/day-factors.ts";
import type { Database } from "#db/database.ts";
import { loadParts, type LoadedPart, type WantedPart } from "#db/queries/attribution/load-parts.ts";
import type { RuleSum } from "#db/queries/attribution/rule-sums.ts";
import type { ForeignMoney } from "#db/queries/attribution/foreign-money.ts";
import { storeResults } from "#db/queries/attribution/stored-results.ts";
import { pgCode } from "#db/pg-error.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Clock } from "#platform/clock.ts";
import { digest } from "#platform/digest.ts";
import { markovPart, type MarkovPart } from "./markov-part.ts";

export type RulesPart = { sums: RuleSum[]; foreign: ForeignMoney };

/** Parts by their options, and the data version that their facts had; `asOf` where newer ones are there by now. */
export type ComputedParts<T = RulesPart | MarkovPart> = {
  dataVersion: string;
  asOf?: string;
  parts: ReadonlyMap<string, T>;
};

/** How long it may take: what a request has, or what a job has. */
export type Patience = { timeoutMs: number; mostStates: number };

/** `too_long`: a request should not wait for it. */
export type ComputeFailure = { kind: "too_long" } | { kind: "not_found" };

/** A statement that has run out of its time. */
const CANCELLED = "57014";

/** A part as it is kept, with what its money was converted by. */
export type KeptPart<T> = { rates: string; part: T };

/** The same for the same factors: with others, what is kept does not hold any more (decisions 22). */
export function ratesKey(factors: readonly DayFactor[]): string {
  return factors.length === 0 ? "" : digest(factors);
}

/** Works parts of one range out and keeps them, at the version that their facts had. Harmless twice. */
export async function computeParts(
  deps: { db: Database; clock: Clock },
  wanted: readonly [WantedPart, ...WantedPart[]],
  patience: Patience,
): Promise<Result<ComputedParts, ComputeFailure>> {
  const startedMs = deps.clock.now().getTime();
  const loaded = await inTime(
    async () => await loadParts(deps.db, within(wanted, patience), patience.timeoutMs),
  );
  if (!loaded.ok) return loaded;
  if (loaded.value === null) return fail({ kind: "not_found" });
  const { version, dataVersion, parts } = loaded.value;
  if (parts.some((part) => isTooMuch(part, patience))) return fail({ kind: "too_long" });
  const results = parts.map((part) => ({ options: part.options, result: resultOf(part) }));
  const computedAt = deps.clock.now();
  const about = { ...version, dataVersion, computedAt, tookMs: computedAt.getTime() - startedMs };
  const rates = ratesKey(wanted[0].question.factors ?? []);
  const kept = results.map(({ options, result }) => ({ options, result: { rates, part: result } }));
  await deps.db.execute(storeResults(wanted[0].question, about, kept));
  return ok({ dataVersion, parts: new Map(results.map(({ options, result }) => [options, result])) });
}

/** What the work answers, or that a statement of it has run out of its time. */
export async function inTime<T>(work: () => Promise<T>): Promise<Result<T, ComputeFailure>> {
  try {
    return ok(await work());
  } catch (error) {
    if (pgCode(error) !== CANCELLED) throw error;
    return fail({ kind: "too_long" });
  }
}

/** The steps of a chain that is too much anyway stay in Postgres: they would fill a Worker's memory for nothing. */
function within(
  [first, ...others]: readonly [WantedPart, ...WantedPart[]],
  { mostStates }: Patience,
): [WantedPart, ...WantedPart[]] {
  const bounded = (part: WantedPart): WantedPart =>
    part.kind === "markov" ? { ...part, question: { ...part.question, mostStates } } : part;
  return [bounded(first), ...others.map(bounded)];
}

/** The inverse of a chain grows with the cube of its states; one of more than there may be is told of at once. */
function isTooMuch(part: LoadedPart, { mostStates }: Patience): boolean {
  return part.kind === "markov" && part.steps.states > mostStates && part.steps.states <= MAX_STATES;
}

function resultOf(part: LoadedPart): RulesPart | MarkovPart {
  if (part.kind === "rules") return { sums: part.sums, foreign: part.foreign };
  const options: MarkovOptions = part.question.markov;
  return markovPart(part.steps, options);
}
