import { valueScale } from "#rendering/format/value-scale.ts";
import type { ValueScale } from "#rendering/format/value-scale.ts";

/** Units of the drawing; it is scaled to the width there is. */
export const CHART = { width: 760, axis: 64, top: 10 } as const;
export const PLOT_WIDTH = CHART.width - CHART.axis;

export type Panel = {
  title: string;
  values: readonly number[];
  comparison: readonly number[] | null;
  /** A second measure in the same unit; null where there is no value. */
  overlay: readonly (number | null)[] | null;
  height: number;
  tickCount: number;
  smallestStep: number;
  tickLabel: (value: number) => string;
  /** A line and its area instead of bars. */
  isLine: boolean;
  emptyText: string;
};

export type Placed = {
  scale: ValueScale;
  y: (value: number) => number;
  x: (index: number) => number;
  slot: number;
};

export function placePanel({ values, comparison, overlay, height, tickCount, smallestStep }: Panel): Placed {
  const all = [...values, ...(comparison ?? []), ...(overlay ?? []).filter((value) => value !== null)];
  const scale = valueScale(all, tickCount, smallestStep);
  const slot = PLOT_WIDTH / Math.max(1, values.length);
  return {
    scale,
    slot,
    y: (value) => CHART.top + height - ((value - scale.min) / (scale.max - scale.min)) * height,
    x: (index) => CHART.axis + (index + 0.5) * slot,
  };
}

/** An SVG path through the points; it is interrupted where a value is missing. */
export function linePath(series: readonly (number | null)[], { x, y }: Placed, count: number): string {
  let isDrawing = false;
  const steps = series.slice(0, count).flatMap((value, index) => {
    if (value === null) {
      isDrawing = false;
      return [];
    }
    const step = `${isDrawing ? "L" : "M"}${round(x(index))} ${round(y(value))}`;
    isDrawing = true;
    return [step];
  });
  return steps.join("");
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function runningSum(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}
