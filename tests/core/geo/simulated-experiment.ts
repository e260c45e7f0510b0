import type { GeoExperiment } from "#core/geo/geo-experiment.ts";
import { seededRandom } from "#scripts/seed/seeded-random.ts";

export type Simulation = {
  seed: number;
  treated: number;
  control: number;
  daysBefore: number;
  daysTested: number;
  /** What a unit spent really sells. */
  iroas: number;
};

/** Independent standard normal numbers (Box and Muller 1958). */
export function normalNumbers(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/**
 * Geos of different size that share the weather of each day and have noise of their own, as all three methods suppose.
 * The treated ones spend a twentieth of their size on each day of the test.
 */
export function simulatedExperiment(simulation: Simulation): GeoExperiment {
  const { seed, treated, control, daysBefore, daysTested, iroas } = simulation;
  const normal = normalNumbers(seed);
  const days = daysBefore + daysTested;
  const weather = Float64Array.from({ length: days }, () => 1 + 0.15 * normal());
  const geos = Array.from({ length: treated + control }, (_, i) => {
    const size = 200 * Math.exp(0.5 * normal());
    const isTreated = i < treated;
    const spentDaily = isTreated ? size / 20 : 0;
    const revenue = weather.map((share, day) => {
      const sold = size * (share + 0.1 * normal());
      return day < daysBefore ? sold : sold + iroas * spentDaily;
    });
    return { name: `g${i}`, isTreated, revenue, cost: spentDaily * daysTested };
  });
  return { geos, daysBefore };
}
