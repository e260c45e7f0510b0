/**
 * The instant (epoch ms) from which raw events are kept: the beginning of the UTC month that lies `months` before the
 * month of `nowMs`. Events go by whole months of their ids' time (decisions 5), so the oldest one kept is between
 * `months` and `months + 1` months old.
 */
export function rawKeptSince(nowMs: number, months: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1);
}
