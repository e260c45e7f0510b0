/** Randomness that is the same on every machine: the demo's figures can be written down in the docs. */
export type SeededRandom = {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  isLikely(probability: number): boolean;
  /** One of the entries, by weight. */
  pick<T extends { weight: number }>(entries: readonly T[]): T;
};

/** Mulberry32: 32 bits of state, good enough for a shop that does not exist. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    isLikely: (probability) => next() < probability,
    pick(entries) {
      const total = entries.reduce((sum, { weight }) => sum + weight, 0);
      let left = next() * total;
      const found = entries.find(({ weight }) => (left -= weight) < 0) ?? entries.at(-1);
      if (!found) throw new Error("Cannot pick from nothing");
      return found;
    },
  };
}
