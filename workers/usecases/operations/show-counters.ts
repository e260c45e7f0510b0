import type { Monitoring } from "#contract/monitoring.ts";
import type { CounterName } from "#core/operations/measures.ts";

type Counters = ReadonlyMap<CounterName, number>;

/** What the queues of events did within the range, and what waits in them by the counts of the last day. */
export function showQueues(
  counters: Counters,
  ofDay: Counters,
): Omit<Monitoring["queues"], "oldestSpilledAt"> {
  const counted = countedBy(counters);
  const isCounted = ofDay.has("bodies_accepted") || ofDay.has("bodies_taken");
  const waiting = countedBy(ofDay)("bodies_accepted") - countedBy(ofDay)("bodies_taken");
  return {
    accepted: counted("bodies_accepted"),
    taken: counted("bodies_taken"),
    // A report may be lost: then more was taken than is known to have been accepted.
    waiting: isCounted ? Math.max(0, waiting) : null,
    spilled: counted("bodies_spilled"),
    lostEvents: counted("events_lost"),
    retried: counted("messages_retried"),
    buried: counted("messages_buried"),
  };
}

function countedBy(counters: Counters): (name: CounterName) => number {
  return (name) => counters.get(name) ?? 0;
}

/** How often the cache knew the answer; without a question there is no rate. */
export function showCache(counters: Counters): Omit<Monitoring["cache"], "isUp"> {
  const hits = counters.get("cache_hit") ?? 0;
  const misses = counters.get("cache_miss") ?? 0;
  const stale = counters.get("cache_stale") ?? 0;
  const down = counters.get("cache_down") ?? 0;
  const asked = hits + misses + stale + down;
  return { hits, misses, stale, down, hitRate: asked === 0 ? null : (hits + stale) / asked };
}
