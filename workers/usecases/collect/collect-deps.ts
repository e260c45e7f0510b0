import type { ImportedEvent, PixelEvent } from "#contract/collect.ts";
import type { EventRefusal } from "#contract/parse-event.ts";
import type { Result } from "#core/result.ts";
import type { Clock } from "#platform/clock.ts";
import type { EdgeConfigStore } from "#platform/edge-config-store.ts";
import type { EventQueue } from "#platform/event-queue.ts";
import type { EventSpill } from "#platform/event-spill.ts";
import type { Ids } from "#platform/ids.ts";
import type { KeyedHash } from "#platform/keyed-hash.ts";
import type { Meter } from "#platform/meter.ts";
import type { RateLimiter } from "#platform/rate-limiter.ts";
import type { WorkQueue } from "#platform/work-queue.ts";

import type { Lane } from "./lane.ts";
import type { RefusalTally } from "./note-refusal.ts";

/** All that the collect use cases reach outside for. */
export type CollectDeps = {
  clock: Clock;
  ids: Pick<Ids, "uuid7">;
  config: EdgeConfigStore;
  queue: EventQueue;
  /** One a shard, shared by the requests of the isolate. */
  lanes: readonly Lane[];
  spill: EventSpill;
  /** Shared by the requests of the isolate. */
  tally: RefusalTally;
  workQueue: WorkQueue;
  meter: Meter;
  rateByIp: RateLimiter;
  rateBySite: RateLimiter;
  hash: KeyedHash;
  findKnownBot: (userAgent: string) => string | null;
  parseEvent: (raw: unknown) => Result<PixelEvent | ImportedEvent, EventRefusal>;
  /** Waits; the retry of a queue that refuses. */
  pauseMs: (ms: number) => Promise<void>;
  /** 0 ≤ x < 1 */
  random: () => number;
  /** Says to whoever runs the edge that events were lost or nearly: no personal data goes in. */
  report: (line: EdgeReport) => void;
  /** Lets work go on after the answer. */
  defer: (work: Promise<unknown>) => void;
};

export type EdgeReport =
  | { kind: "event_spilled"; receiptId: string; requestId: string; via: string; events: number }
  | { kind: "event_lost"; receiptId: string; requestId: string; via: string; events: number }
  | { kind: "refusals_uncounted"; requests: number }
  | { kind: "click_unrecorded"; requestId: string; slug: string; reason: string };

/** What every collect request says about its sender. The IP goes no further than the visitor hash and the brake. */
export type RequestFacts = {
  requestId: string;
  method: string;
  /** The host that the browser sent the request to. */
  host: string;
  /** The id in the visitor's cookie, or null. */
  cookieVisitor: string | null;
  ip: string;
  userAgent: string;
  /** `Sec-Purpose` or one of its forerunners. */
  purpose: string | null;
  /** `Sec-CH-UA` */
  brands: string | null;
  country: string | null;
  referrer: string | null;
  hasGpc: boolean;
  hasDnt: boolean;
};
