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
  /** Why there is no comparison though one was asked for; null where there is one, and where none was. */
  previousNote: string | null;
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

const ROOM_PX = 8;
/** Half of "31 Sept" and a little: labels stand with their middle on their day. */
const HALF_LABEL_PX = 24;

/** How much is left free after the last day, so that a label on it or near it is not cut off. */
export function roomAtEnd(count: number, labelled: readonly number[], widthPx: number): number {
  const last = labelled.at(-1) ?? 0;
  if (count < 2) return ROOM_PX;
  const behindPx = ((count - 1 - last) / (count - 1)) * widthPx;
  return Math.max(ROOM_PX, HALF_LABEL_PX - Math.floor(behindPx));
}

/** Whether there is nothing but 0: then the value axis has one step. */
export function isFlat({ values, previous }: Pick<ChartModel, "values" | "previous">): boolean {
  return [...values, ...(previous ?? [])].every((value) => !value);
}

/** The steps of the value axis; null for one that would read as the step before it. */
export function axisSteps(steps: readonly number[], format: (value: number) => string): (number | null)[] {
  return steps.map((step, index) => {
    const before = steps[index - 1];
    return before !== undefined && format(before) === format(step) ? null : step;
  });
}
