import { comparisonRange, type Comparison } from "#core/report/comparison-range.ts";
import { ok, type Result } from "#core/result.ts";
import { loadAnswerVersion, type AnswerVersion } from "#db/queries/answers/answer-version.ts";
import { digest } from "#platform/digest.ts";
import { isRange } from "#usecases/analytics/load-ranges.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import type { AnswerDeps } from "./answer-deps.ts";
import { withAsOf } from "./as-of.ts";
import { flyOnce, type Found } from "./fly-once.ts";

/** A question about one site and a closed range of its days. */
export type AnswerQuestion = {
  /** The screen that asks; an answer to one is no answer to another. */
  screen: string;
  site: Pick<SiteRef, "siteId" | "accountId" | "database">;
  from: string;
  to: string;
  /** All else that decides the answer. */
  asked: object;
  compare?: Comparison;
  /** Whether who asks may be told what was so some seconds ago: a program reads what it has just written. */
  mayBeStale: boolean;
};

/**
 * Where an answer came from: Upstash, Postgres, Upstash but as of some seconds ago, this isolate's memory; or `degraded`:
 * Upstash is away, and Postgres or the memory answered.
 */
export type CacheState = "hit" | "miss" | "stale" | "memory" | "degraded";

/** What the meter calls it: where the cache spared Postgres the question, where not, and where there was none. */
const COUNTED = {
  hit: "cache_hit",
  memory: "cache_hit",
  miss: "cache_miss",
  stale: "cache_stale",
  degraded: "cache_down",
} as const;

/**
 * An answer as `compute` would give it now, kept under release, account, site, version and question. The version is read from Postgres
 * with every question, so that no cache can make an answer wrong (decisions 22): one that has nothing, is away, or answers
 * something else costs time only. What another request of this isolate works out already is waited for.
 */
export async function cachedAnswer<T extends object, F>(
  deps: AnswerDeps,
  question: AnswerQuestion,
  compute: () => Promise<Result<T, F>>,
): Promise<{ answer: Result<T, F>; state: CacheState }> {
  const told = isRange(question) ? await keptAnswer(deps, question, compute) : null;
  const state = told?.state ?? "miss";
  deps.meter.count(COUNTED[state]);
  return { answer: told?.answer ?? (await compute()), state };
}

/** Null: not now. */
async function keptAnswer<T extends object, F>(
  deps: AnswerDeps,
  question: AnswerQuestion,
  compute: () => Promise<Result<T, F>>,
): Promise<{ answer: Result<T, F>; state: CacheState } | null> {
  const now = deps.clock.now();
  const db = deps.databases.named(question.site.database);
  const { siteId } = question.site;
  const version = await loadAnswerVersion(db, {
    siteId,
    ...coveredDays(question),
    nowIso: now.toISOString(),
  });
  if (version === null) return null;

  const flight = { version, startedAt: now, ...keysOf(deps.release, question, version), compute };
  const found = await flyOnce(deps, flight);
  return { answer: answerOf(found, version, now), state: deps.cache.isResting() ? "degraded" : found.state };
}

/** The days of the range and of the one that it is compared with. */
function coveredDays({ from, to, compare }: AnswerQuestion): { from: string; to: string } {
  const before = compare === undefined ? null : comparisonRange(compare, { from, to });
  if (before === null) return { from, to };
  return { from: before.from < from ? before.from : from, to: before.to > to ? before.to : to };
}

/** `key` names the answer of this version; `latestKey` the newest answer under these settings, where that will do: of a range that goes on. */
function keysOf(release: string, question: AnswerQuestion, version: AnswerVersion) {
  const { screen, site, from, to, asked, compare } = question;
  const place = `answer:${release}:${site.accountId}:${site.siteId}:${version.settings}`;
  const name = digest([screen, from, to, compare ?? "none", asked]);
  return {
    key: `${place}:${version.facts}:${name}`,
    latestKey: version.isOver || !question.mayBeStale ? null : `${place}:latest:${name}`,
  };
}

/** What was kept at the version that holds now is as of now, or as of the oldest mark that waits. */
function answerOf<T extends object, F>(
  found: Found<T, F>,
  { staleSince }: AnswerVersion,
  now: Date,
): Result<T, F> {
  if ("computed" in found) return found.computed;
  // What was kept under this key has the shape it was kept with.
  const answer = found.entry.answer as T;
  return ok(found.state === "stale" ? answer : withAsOf(answer, staleSince ?? now.toISOString()));
}
