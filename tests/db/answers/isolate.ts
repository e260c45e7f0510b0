import type { Database } from "#db/database.ts";
import { answerMemory } from "#platform/answer-memory.ts";
import type { Cache } from "#platform/upstash-cache.ts";
import { silentMeter } from "#tests/support/silent-meter.ts";
import type { AnswerDeps } from "#usecases/answers/answer-deps.ts";

export type Isolate = AnswerDeps & {
  /** Until all that goes on after the answers has ended. */
  settled(): Promise<void>;
};

/** What one isolate of the api keeps answers with; several share a database and a cache. */
export function isolateOn(db: Database, cache: Cache, now: () => Date): Isolate {
  const deferred: Promise<unknown>[] = [];
  return {
    databases: { named: () => db, names: () => ["main"] },
    cache,
    clock: { now },
    answers: answerMemory(),
    release: "one",
    meter: silentMeter,
    defer: (work) => void deferred.push(work),
    pauseMs: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
    async settled() {
      while (deferred.length > 0) {
        // oxlint-disable-next-line no-await-in-loop -- what is deferred may defer more
        await Promise.all(deferred.splice(0));
      }
    },
  };
}
