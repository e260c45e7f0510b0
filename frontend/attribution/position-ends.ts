import { MAX_HALF_LIFE_DAYS, MIN_HALF_LIFE_DAYS } from "#core/attribution/options.ts";
import type { PositionShares } from "#core/attribution/options.ts";

/** "40", "40" → 40, 20, 40; null while what is typed is no share of a whole. */
export function endShares(first: string, last: string): PositionShares | null {
  if (![first, last].every((text) => /^\d{1,3}$/.test(text.trim()))) return null;
  const ends = { first: Number(first), last: Number(last) };
  const middle = 100 - ends.first - ends.last;
  return middle < 0 || middle === 100 ? null : { ...ends, middle };
}

/** "7", "3.5", "3,5" → days; null for what is no half-life. */
export function parseHalfLife(text: string): number | null {
  const plain = text.trim().replace(",", ".");
  if (!/^\d{1,5}(\.\d{1,4})?$/.test(plain)) return null;
  const days = Number(plain);
  return days >= MIN_HALF_LIFE_DAYS && days <= MAX_HALF_LIFE_DAYS ? days : null;
}
