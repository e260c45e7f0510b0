import type { Result } from "#core/result.ts";
import type { AnswerVersion } from "#db/queries/answers/answer-version.ts";
import type { AnswerDeps } from "./answer-deps.ts";
import { type AnswerEntry, readEntry } from "./answer-entry.ts";
import { findAnswer } from "./find-answer.ts";

/** An answer that is on its way. */
export type Flight<T, F> = {
  key: string;
  /** Null: only the answer of this version will do. */
  latestKey: string | null;
  version: AnswerVersion;
  startedAt: Date;
  compute: () => Promise<Result<T, F>>;
};

/** An answer that was kept, or one that was just worked out. */
export type Found<T, F> =
  | { state: "hit" | "stale" | "memory"; entry: AnswerEntry }
  | { state: "miss"; computed: Result<T, F>; entry: AnswerEntry | null };

/** Longer than what a request works out itself may take; after it a follower no longer believes in its leader. */
const FOLLOW_MS = 3_000;

/**
 * Finds an answer once for all requests of the isolate that ask at the same time. The first one leads, in its own request,
 * which `defer` keeps alive when its client goes away. The others wait on promises of their own, and beside them on a
 * timer: the promise of a request that died is never settled.
 */
export async function flyOnce<T extends object, F>(
  deps: AnswerDeps,
  flight: Flight<T, F>,
): Promise<Found<T, F>> {
  const remembered = deps.answers.get(flight.key);
  const entry = remembered === null ? null : readEntry(JSON.parse(remembered), flight.key);
  if (entry !== null) return { state: "memory", entry };

  const followers = deps.answers.flights.get(flight.key);
  const followed = followers === undefined ? null : await follow(deps, flight.key, followers);
  if (followed !== null) return { state: "memory", entry: followed };
  const led = lead(deps, flight);
  // A failure is the leader's own answer; kept alive is only the work.
  deps.defer(led.catch(() => undefined));
  return await led;
}

type Followers = ((text: string | null) => void)[];

async function lead<T extends object, F>(deps: AnswerDeps, flight: Flight<T, F>): Promise<Found<T, F>> {
  const { flights } = deps.answers;
  const followers: Followers = [];
  flights.set(flight.key, followers);
  let told: string | null = null;
  try {
    const found = await findAnswer(deps, flight);
    // What is as of earlier is no answer of this version: who waits for that works it out.
    if (found.entry !== null && found.state !== "stale") told = JSON.stringify(found.entry);
    return found;
  } finally {
    if (flights.get(flight.key) === followers) flights.delete(flight.key);
    for (const settle of followers) settle(told);
  }
}

async function follow(deps: AnswerDeps, key: string, followers: Followers): Promise<AnswerEntry | null> {
  const settled = new Promise<string | null>((resolve) => followers.push(resolve));
  const outlived = deps.pauseMs(FOLLOW_MS).then(() => null);
  const text = await Promise.race([settled, outlived]);
  // A leader that died leaves its flight behind: nobody is to wait for it again.
  if (text === null && deps.answers.flights.get(key) === followers) deps.answers.flights.delete(key);
  return text === null ? null : readEntry(JSON.parse(text), key);
}
