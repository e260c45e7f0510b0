/** Conversions may be 0 where only refunds were; money in minor units. */
export type ShapeSum = { conversions: number; revenueMinor: number };

export type Bar = ShapeSum & { min: number; max: number | null };

/** Lower ends of the bars of days from a touchpoint to the conversion: single days for a week, then weeks, then months. */
const LAG_STARTS = [0, 1, 2, 3, 4, 5, 6, 7, 14, 21, 30, 60];

/** Whole days to the conversion, in bars that a chart can show; the last one is open. */
export function lagBars(lags: readonly (ShapeSum & { days: number })[]): Bar[] {
  return LAG_STARTS.map((min, i) => {
    const next = LAG_STARTS[i + 1];
    const max = next === undefined ? null : next - 1;
    const inside = lags.filter(({ days }) => days >= min && (max === null || days <= max));
    return { min, max, ...sumShapes(inside) };
  });
}

/** Journeys with so many touchpoints or more are one bar. */
export const LONGEST = 13;

/** Numbers of touchpoints: 1 to 12, and more. */
export function lengthBars(lengths: readonly (ShapeSum & { touches: number })[]): Bar[] {
  return Array.from({ length: LONGEST }, (_, i) => {
    const min = i + 1;
    const inside = lengths.filter(({ touches }) => (min === LONGEST ? touches >= min : touches === min));
    return { min, max: min === LONGEST ? null : min, ...sumShapes(inside) };
  });
}

export function sumShapes(shapes: readonly ShapeSum[]): ShapeSum {
  return {
    conversions: shapes.reduce((sum, { conversions }) => sum + conversions, 0),
    revenueMinor: shapes.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0),
  };
}

export type MatrixCell = ShapeSum & { first: string | null; last: string | null };

/** Groups in the order of rows and columns; `other`: whether a last one stands for all that are not among them. */
export type Matrix = {
  keys: (string | null)[];
  hasOther: boolean;
  cells: (ShapeSum & { first: number; last: number })[];
};

/**
 * First by last group: the `most` groups with the most conversions on either side, and all others as one more row and
 * column. What `cells` lack of `total` is the others', so that the answered cells add up to it.
 */
export function firstLastMatrix(
  cells: readonly MatrixCell[],
  { most, total }: { most: number; total: ShapeSum },
): Matrix {
  const keys = largestKeys(cells, most);
  const placeOf = (key: string | null) => {
    const place = keys.indexOf(key);
    return place === -1 ? keys.length : place;
  };
  const sums = new Map<string, ShapeSum & { first: number; last: number }>();
  const add = (first: number, last: number, sum: ShapeSum) => {
    const known = sums.get(`${first} ${last}`) ?? NOTHING;
    sums.set(`${first} ${last}`, { first, last, ...sumShapes([known, sum]) });
  };
  for (const { first, last, ...sum } of cells) add(placeOf(first), placeOf(last), sum);
  const known = sumShapes(cells);
  const rest = {
    conversions: total.conversions - known.conversions,
    revenueMinor: total.revenueMinor - known.revenueMinor,
  };
  if (rest.conversions !== 0 || rest.revenueMinor !== 0) add(keys.length, keys.length, rest);
  const placed = [...sums.values()].toSorted((a, b) => a.first - b.first || a.last - b.last);
  const hasOther = placed.some(({ first, last }) => Math.max(first, last) === keys.length);
  return { keys, hasOther, cells: placed };
}

function largestKeys(cells: readonly MatrixCell[], most: number): (string | null)[] {
  const weights = new Map<string | null, ShapeSum>();
  for (const { first, last, ...sum } of cells) {
    for (const key of new Set([first, last])) weights.set(key, sumShapes([weights.get(key) ?? NOTHING, sum]));
  }
  return [...weights]
    .toSorted(([, a], [, b]) => b.conversions - a.conversions || b.revenueMinor - a.revenueMinor)
    .slice(0, most)
    .map(([key]) => key);
}

const NOTHING: ShapeSum = { conversions: 0, revenueMinor: 0 };

/** A way with at most `most` steps to show: a longer one keeps its beginning and its last step. */
export function shortenWay<Step>(
  path: readonly Step[],
  most: number,
): { path: Step[]; isShortened: boolean } {
  if (path.length <= most) return { path: [...path], isShortened: false };
  return { path: [...path.slice(0, most - 1), ...path.slice(-1)], isShortened: true };
}
