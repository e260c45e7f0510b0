import type { Span } from "./dimensions.ts";
import {
  addEncoded,
  countVisitors,
  emptySketch,
  type Precision,
  type VisitorCount,
} from "./visitor-sketch.ts";

/** The visitors of one period: how many (exact for a day), and who, as an encoded sketch. */
export type PeriodVisitors = { span: Span; visitors: number; sketch: Uint8Array };

/**
 * The distinct visitors of several periods together, each counted once. One day alone is exact whatever its size; so is
 * every union that stays below the bound of its sketches.
 */
export function uniteVisitors(periods: readonly PeriodVisitors[], precision: Precision): VisitorCount {
  const [first, ...more] = periods;
  if (!first) return { visitors: 0, margin: null };
  if (more.length === 0 && first.span === "day") return { visitors: first.visitors, margin: null };
  const sketch = emptySketch(precision);
  for (const period of periods) addEncoded(sketch, period.sketch);
  return countVisitors(sketch);
}
