import type { IngestMessage } from "#contract/ingest-message.ts";

/** What the requests of one isolate share for one shard. Plain values only: no I/O of one request reaches another. */
export type Lane = {
  gathering: Group | null;
  /** The newest send under way. */
  flight: symbol | null;
  /** Until then the queue is known to refuse, and storage is tried first. */
  queueRestsUntilMs: number;
};

export type Group = {
  bodies: IngestMessage[];
  bytes: number;
  /** Ends the leader's gathering. */
  wake: () => void;
  /** Each resolves a promise that the follower's own request made. */
  followers: ((isDurable: boolean) => void)[];
};

/** The lanes of an isolate; made once. */
export function eventLanes(shardCount: number): Lane[] {
  return Array.from({ length: shardCount }, () => ({ gathering: null, flight: null, queueRestsUntilMs: 0 }));
}
