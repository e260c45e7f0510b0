import { MOST_ANSWER_CHARACTERS } from "#platform/answer-memory.ts";
import type { AnswerDeps } from "./answer-deps.ts";
import { answerEntry, latestPointer, readEntry, readPointer, type AnswerEntry } from "./answer-entry.ts";
import { asOfOf } from "./as-of.ts";
import type { Flight, Found } from "./fly-once.ts";

/** What is over changes when somebody changes the past; what is not is asked for again within the hour or not at all. */
const KEEP_OVER_SECONDS = 86_400;
const KEEP_OPEN_SECONDS = 3_600;
/** How old an answer about a range that goes on may be: it says as of when it is. */
const MOST_STALE_MS = 10_000;
/** Longer than a request may go on after its answer: whoever worked an answer out anew has died. */
const GIVEN_UP_MS = 40_000;

/** The answer of this version from Upstash, or one of seconds ago while a newer one is worked out, or worked out now. */
export async function findAnswer<T extends object, F>(
  deps: AnswerDeps,
  flight: Flight<T, F>,
): Promise<Found<T, F>> {
  const { key, latestKey } = flight;
  const [exact, latest] = (await deps.cache.getMany(latestKey === null ? [key] : [key, latestKey])) ?? [];
  const entry = readEntry(exact, key);
  if (entry !== null) {
    deps.answers.set(key, JSON.stringify(entry));
    return { state: "hit", entry };
  }
  const stale = latestKey === null ? null : await staleEntry(deps, { latestKey, latest });
  if (stale === null) return await workOut(deps, flight);
  refreshLater(deps, flight);
  return { state: "stale", entry: stale };
}

/** The newest answer under the same settings, where it is of a moment ago; facts have come in since. */
async function staleEntry(
  deps: AnswerDeps,
  { latestKey, latest }: { latestKey: string; latest: unknown },
): Promise<AnswerEntry | null> {
  const pointer = readPointer(latest, latestKey) ?? readPointer(recall(deps, latestKey), latestKey);
  const isRecent = (atMs: number): boolean => deps.clock.now().getTime() - atMs <= MOST_STALE_MS;
  if (pointer === null || !isRecent(pointer.atMs)) return null;
  const value = recall(deps, pointer.entryKey) ?? (await deps.cache.get(pointer.entryKey));
  const entry = readEntry(value, pointer.entryKey);
  return entry !== null && isRecent(entry.atMs) && asOfOf(entry.answer) !== null ? entry : null;
}

function recall(deps: AnswerDeps, key: string): unknown {
  const text = deps.answers.get(key);
  return text === null ? null : JSON.parse(text);
}

/** After the answer, once for all requests of the isolate. */
function refreshLater<T extends object, F>(deps: AnswerDeps, flight: Flight<T, F>): void {
  const { refreshing } = deps.answers;
  const nowMs = deps.clock.now().getTime();
  for (const [key, sinceMs] of refreshing) if (nowMs - sinceMs > GIVEN_UP_MS) refreshing.delete(key);
  if (refreshing.has(flight.key)) return;
  refreshing.set(flight.key, nowMs);
  deps.defer(workOut(deps, flight).finally(() => refreshing.delete(flight.key)));
}

async function workOut<T extends object, F>(
  deps: AnswerDeps,
  flight: Flight<T, F>,
): Promise<Extract<Found<T, F>, { state: "miss" }>> {
  const computed = await flight.compute();
  const isKept = computed.ok && isWholeAnswer(computed.value, flight);
  const entry = isKept ? answerEntry(flight.key, computed.value, flight.startedAt.getTime()) : null;
  if (entry !== null) keep(deps, flight, entry);
  return { state: "miss", computed, entry };
}

/** An answer of this version: one that is still being worked out, or that is as of an earlier version, is none. */
function isWholeAnswer(
  answer: object,
  { startedAt, version }: Pick<Flight<object, unknown>, "startedAt" | "version">,
) {
  if ("status" in answer && answer.status === "computing") return false;
  const asOf = asOfOf(answer);
  return asOf === null || asOf >= startedAt.toISOString() || asOf === version.staleSince;
}

/** In memory at once and in Upstash after the answer. */
function keep(
  deps: AnswerDeps,
  { key, latestKey }: Pick<Flight<object, unknown>, "key" | "latestKey">,
  entry: AnswerEntry,
): void {
  const text = JSON.stringify(entry);
  if (text.length > MOST_ANSWER_CHARACTERS) return;
  deps.answers.set(key, text);
  deps.defer(deps.cache.set(key, entry, latestKey === null ? KEEP_OVER_SECONDS : KEEP_OPEN_SECONDS));
  if (latestKey === null) return;
  const pointer = latestPointer(latestKey, key, entry.atMs);
  deps.answers.set(latestKey, JSON.stringify(pointer));
  deps.defer(deps.cache.set(latestKey, pointer, KEEP_OPEN_SECONDS));
}
