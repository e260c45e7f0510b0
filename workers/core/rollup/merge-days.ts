import { MOST_VALUES, OTHER_VALUE, type KeptDimension, type Scope } from "./dimensions.ts";
import {
  addEncoded,
  countVisitors,
  emptySketch,
  encodeSketch,
  precisionOf,
  type Precision,
  type VisitorSketch,
} from "./visitor-sketch.ts";

/** The values of one scope and dimension in one period, side by side; `sketches` one behind the other. */
export type PackedCounts = {
  entries: readonly string[];
  impressions: readonly number[];
  clicks: readonly number[];
  pageviews: readonly number[];
  sessions: readonly number[];
  sketchEnds: readonly number[];
  sketches: Uint8Array;
};

export type MergedCounts = {
  entries: string[];
  impressions: number[];
  clicks: number[];
  pageviews: number[];
  sessions: number[];
  visitors: number[];
  sketchEnds: number[];
  sketches: Uint8Array;
};

type Value = {
  entry: string;
  impressions: number;
  clicks: number;
  pageviews: number;
  sessions: number;
  sketch: VisitorSketch;
};

/**
 * The days of a week or month as one: sums of the counts, unions of the visitors. Again the values with the most visitors
 * are kept, of those with as many the ones with more visits or clicks, and all others go into one, which the days' own rest
 * belongs to. The order of the days does not matter.
 */
export function mergeDays(
  days: readonly PackedCounts[],
  { scope, dimension }: { scope: Scope; dimension: KeptDimension },
): MergedCounts {
  const precision = precisionOf(scope, dimension);
  const values = new Map<string, Value>();
  for (const day of days) addDay(values, day, precision);
  const counted = [...values.values()]
    .map((value) => ({ ...value, visitors: countVisitors(value.sketch).visitors }))
    .toSorted(
      (a, b) =>
        Number(a.entry === OTHER_VALUE) - Number(b.entry === OTHER_VALUE) ||
        b.visitors - a.visitors ||
        b.sessions - a.sessions ||
        b.clicks - a.clicks ||
        (a.entry < b.entry ? -1 : 1),
    );
  const rest = counted.slice(MOST_VALUES);
  const kept: Value[] = counted.slice(0, MOST_VALUES);
  if (rest.length > 0)
    kept.push(rest.reduce((whole, value) => join(whole, value), nothing(OTHER_VALUE, precision)));
  return pack(kept);
}

function addDay(values: Map<string, Value>, day: PackedCounts, precision: Precision): void {
  let start = 0;
  for (const [at, entry] of day.entries.entries()) {
    const value = values.get(entry) ?? nothing(entry, precision);
    value.impressions += day.impressions[at] ?? 0;
    value.clicks += day.clicks[at] ?? 0;
    value.pageviews += day.pageviews[at] ?? 0;
    value.sessions += day.sessions[at] ?? 0;
    const end = day.sketchEnds[at] ?? start;
    if (end > start) addEncoded(value.sketch, day.sketches.subarray(start, end));
    start = end;
    values.set(entry, value);
  }
}

function nothing(entry: string, precision: Precision): Value {
  return { entry, impressions: 0, clicks: 0, pageviews: 0, sessions: 0, sketch: emptySketch(precision) };
}

function join(whole: Value, part: Value): Value {
  addEncoded(whole.sketch, encodeSketch(part.sketch));
  return {
    entry: whole.entry,
    impressions: whole.impressions + part.impressions,
    clicks: whole.clicks + part.clicks,
    pageviews: whole.pageviews + part.pageviews,
    sessions: whole.sessions + part.sessions,
    sketch: whole.sketch,
  };
}

function pack(values: readonly Value[]): MergedCounts {
  const encoded = values.map(({ sketch }) => encodeSketch(sketch));
  const sketches = new Uint8Array(encoded.reduce((sum, bytes) => sum + bytes.length, 0));
  const sketchEnds: number[] = [];
  let end = 0;
  for (const bytes of encoded) {
    sketches.set(bytes, end);
    end += bytes.length;
    sketchEnds.push(end);
  }
  return {
    entries: values.map(({ entry }) => entry),
    impressions: values.map(({ impressions }) => impressions),
    clicks: values.map(({ clicks }) => clicks),
    pageviews: values.map(({ pageviews }) => pageviews),
    sessions: values.map(({ sessions }) => sessions),
    visitors: values.map(({ sketch }) => countVisitors(sketch).visitors),
    sketchEnds,
    sketches,
  };
}
