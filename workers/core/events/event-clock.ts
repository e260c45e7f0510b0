const TRUSTED_SKEW_MS = 60_000;
const MAX_AGE_MS = 7 * 86_400_000;
const MAX_AHEAD_MS = 5 * 60_000;

/** When one event was made by the client's clock, sent by the client's clock, and received by ours. Epoch ms. */
export type EventTimes = { at: number; sentAt: number | null; receivedAt: number };

export type OccurredAt = {
  occurredAtMs: number;
  /** The corrected time lay outside what is believable: the edge's time stands in, and the event is marked. */
  isReplaced: boolean;
};

/**
 * How far the client's clock is behind ours, in ms. Under a minute counts as none: it is mostly the network
 * (decisions 2). Without `sentAt` nothing is known, so nothing is corrected.
 */
export function clockOffsetMs(sentAt: number | null, receivedAt: number): number {
  if (sentAt === null) return 0;
  const offset = receivedAt - sentAt;
  return Math.abs(offset) < TRUSTED_SKEW_MS ? 0 : offset;
}

/**
 * When an event of the collect paths happened, epoch ms: `at` corrected by the clock offset; the edge's time when
 * that lies outside [received − 7 d, received + 5 min], both ends included.
 */
export function occurredAt({ at, sentAt, receivedAt }: EventTimes): OccurredAt {
  const corrected = at + clockOffsetMs(sentAt, receivedAt);
  const isBelievable = corrected >= receivedAt - MAX_AGE_MS && corrected <= receivedAt + MAX_AHEAD_MS;
  return isBelievable
    ? { occurredAtMs: corrected, isReplaced: false }
    : { occurredAtMs: receivedAt, isReplaced: true };
}
