import { countDays } from "#frontend/format/day.ts";
import type { Day } from "#frontend/format/day.ts";

/** One series over days, with what it is compared with. The n-th previous value belongs to the n-th day. */
export type ChartModel = {
  label: string;
  days: readonly Day[];
  values: readonly (number | null)[];
  previous: readonly (number | null)[] | null;
  previousDays: readonly Day[] | null;
  /** "Previous 30 days". */
  previousLabel: string;
  /** From this index on the period is not over; null when all of it is. */
  incompleteFrom: number | null;
  format: (value: number) => string;
  formatAxis: (value: number) => string;
};

export type DrawnSeries = {
  complete: (number | null)[];
  /** Begins at the last complete point, so that the dashes join the line. */
  incomplete: (number | null)[];
};

/** The series cut where the running period begins. */
export function splitIncomplete(
  values: readonly (number | null)[],
  incompleteFrom: number | null,
): DrawnSeries {
  if (incompleteFrom === null) return { complete: [...values], incomplete: values.map(() => null) };
  return {
    complete: values.map((value, index) => (index < incompleteFrom ? value : null)),
    incomplete: values.map((value, index) => (index >= incompleteFrom - 1 ? value : null)),
  };
}

/** Index of today in the range, from which the figures still grow; null when today is not in it. */
export function incompleteIndex(days: readonly Day[], today: Day): number | null {
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined || today < first || today > last) return null;
  return countDays(first, today) - 1;
}

const STEPS = [1, 2, 3, 5, 7, 10, 14, 21, 28, 56, 91, 182];

/** Which days bear a label: as many as fit, evenly apart, the first always. */
export function labelledDays(count: number, widthPx: number, labelPx = 72): number[] {
  const fits = Math.max(2, Math.floor(widthPx / labelPx));
  const step = STEPS.find((candidate) => count / candidate <= fits) ?? Math.ceil(count / fits);
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}
