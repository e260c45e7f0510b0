import type { DistributionBar } from "#contract/journeys.ts";

/** "3", "4–7", "13+". */
export function rangeName({ min, max }: Pick<DistributionBar, "min" | "max">): string {
  if (max === null) return `${min}+`;
  return min === max ? String(min) : `${min}–${max}`;
}
