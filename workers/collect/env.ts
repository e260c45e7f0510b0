import type { ConfigReader } from "#platform/edge-config-store.ts";
import type { QueueProducer } from "#platform/event-queue.ts";
import type { SpillBucket } from "#platform/event-spill.ts";
import type { ProbedBucket, ProbedNamespace, ProbedQueue } from "#platform/probes.ts";
import type { RateLimitBinding } from "#platform/rate-limiter.ts";
import type { QueueBinding } from "#platform/work-queue.ts";

/** The bindings of `[env.collect]` in wrangler.toml. There is no database among them. */
export type CollectEnv = {
  EVENT_SHARDS: string;
  EDGE_CONFIG: ConfigReader & ProbedNamespace;
  SPILL: SpillBucket & ProbedBucket;
  RATE_BY_IP: RateLimitBinding;
  RATE_BY_SITE: RateLimitBinding;
  WORK: QueueBinding & ProbedQueue;
} & { [binding in `EVENTS_${number}`]: QueueProducer };
