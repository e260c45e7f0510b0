import type { CountedJourney } from "#core/attribution/markov/markov-counter.ts";
import type { SeededRandom } from "#scripts/seed/seeded-random.ts";

/** Journeys in which channels follow each other at random; later channels are rarer and convert better. */
export function randomJourneys(
  random: SeededRandom,
  { journeys, channels }: { journeys: number; channels: number },
): CountedJourney[] {
  const pick = () => Math.floor(random.next() * random.next() * channels);
  return Array.from({ length: journeys }, () => {
    const groups = Array.from({ length: random.between(1, 5) }, () => `c${pick()}`);
    const last = Number(groups.at(-1)?.slice(1));
    const converts = random.isLikely(0.1 + (0.3 * last) / channels);
    return {
      bucket: random.between(0, 99),
      groups,
      conversions: converts ? 1 : 0,
      value: converts ? random.between(500, 5000) : 0,
      nulls: converts ? 0 : 1,
    };
  });
}
