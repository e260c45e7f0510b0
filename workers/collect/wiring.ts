import { edgeKeys, edgeLink, edgeSalt, edgeSite } from "#contract/edge-config.ts";
import { parsePixelEvent } from "#contract/parse-event.ts";
import { systemClock } from "#platform/clock.ts";
import { edgeConfigStore, edgeMemory } from "#platform/edge-config-store.ts";
import { edgeLog } from "#platform/edge-log.ts";
import { eventProducers, eventQueue } from "#platform/event-queue.ts";
import { eventSpill } from "#platform/event-spill.ts";
import { systemIds } from "#platform/ids.ts";
import { webCryptoHash } from "#platform/keyed-hash.ts";
import { findKnownBot } from "#platform/known-bots.ts";
import { meterTally } from "#platform/meter.ts";
import { queueMeter } from "#platform/queue-meter.ts";
import { rateLimiter } from "#platform/rate-limiter.ts";
import { workQueue } from "#platform/work-queue.ts";
import type { CollectDeps } from "#usecases/collect/collect-deps.ts";
import { eventLanes, type Lane } from "#usecases/collect/lane.ts";
import { refusalTally } from "#usecases/collect/note-refusal.ts";

import type { CollectEnv } from "./env.ts";

/** One per isolate: what it forgets, KV still knows. */
const memory = edgeMemory();
/** One set per isolate too: its requests share their sends. */
let lanes: Lane[] | undefined;
const tally = refusalTally();
const measures = meterTally();

const shapes = {
  keys: edgeKeys,
  parseSite: (value: unknown) => edgeSite.parse(value),
  parseLink: (value: unknown) => edgeLink.parse(value),
  parseSalt: (value: unknown) => edgeSalt.parse(value),
};

/** The environment of one request, made into what the use cases ask for. */
export function collectDeps(env: CollectEnv, defer: CollectDeps["defer"]): CollectDeps {
  const queue = eventQueue(eventProducers(env, env.EVENT_SHARDS));
  lanes ??= eventLanes(queue.shardCount);
  const work = workQueue(env.WORK);
  return {
    clock: systemClock,
    ids: systemIds,
    config: edgeConfigStore({ reader: env.EDGE_CONFIG, memory, nowMs: () => Date.now() }, shapes),
    queue,
    lanes,
    spill: eventSpill(env.SPILL),
    tally,
    workQueue: work,
    meter: queueMeter({
      worker: "collect",
      tally: measures,
      clock: systemClock,
      ids: systemIds,
      workQueue: work,
      defer,
    }),
    rateByIp: rateLimiter(env.RATE_BY_IP),
    rateBySite: rateLimiter(env.RATE_BY_SITE),
    hash: webCryptoHash,
    findKnownBot,
    parseEvent: parsePixelEvent,
    pauseMs: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
    report: (line) => edgeLog(line),
    defer,
  };
}
