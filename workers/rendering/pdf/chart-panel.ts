import type { RGB } from "pdf-lib";

import { drawText, fillBox, fillCircle, strokeLine } from "./canvas.ts";
import type { Box, Canvas, Point, StrokeOptions } from "./canvas.ts";
import { COLOR } from "./theme.ts";
import { valueScale } from "#rendering/format/value-scale.ts";
import type { ValueScale } from "#rendering/format/value-scale.ts";

/** One measure by day on its own axis. */
export type ChartPanel = {
  title: string;
  /** Where the bars stand; the labels of the axis go left of it, the title above. */
  plot: Box;
  values: readonly number[];
  fill: RGB;
  comparison: readonly number[] | null;
  /** A second measure in the same unit; null where there is no value. */
  overlay: readonly (number | null)[] | null;
  tickCount: number;
  smallestStep: number;
  tickLabel: (value: number) => string;
  emptyText: string;
};

/** Beyond this many days bars would be hairlines: a line shows the same better. */
const MAX_BARS = 100;
const BAR_SHARE = 0.66;
const MAX_BAR_WIDTH = 24;
const LABEL_SIZE = 7.5;

export const COMPARISON_STROKE: StrokeOptions = { color: COLOR.compare, width: 1.1 };
export const OVERLAY_STROKE: StrokeOptions = { color: COLOR.spend, width: 1.2, dash: [3.2, 2] };

export function drawChartPanel(canvas: Canvas, panel: ChartPanel): void {
  const { plot } = panel;
  drawPanelTitle(canvas, panel);
  const scale = valueScale(everyValue(panel), panel.tickCount, panel.smallestStep);
  drawGrid(canvas, panel, scale);
  const place = (value: number): number =>
    plot.y + plot.height - ((value - scale.min) / (scale.max - scale.min)) * plot.height;

  if (panel.values.length > MAX_BARS) {
    drawSeries(canvas, pointsOf(panel, panel.values, place), { color: panel.fill, width: 1.3 });
  } else {
    drawBars(canvas, panel, place);
  }
  if (panel.comparison) drawSeries(canvas, pointsOf(panel, panel.comparison, place), COMPARISON_STROKE);
  if (panel.overlay) drawSeries(canvas, pointsOf(panel, panel.overlay, place), OVERLAY_STROKE);
  if (panel.values.every((value) => value === 0)) drawEmpty(canvas, panel);
}

export function drawPanelTitle(canvas: Canvas, { title, plot }: Pick<ChartPanel, "title" | "plot">): void {
  const style = { size: 8.5, weight: "semibold", color: COLOR.ink2 } as const;
  drawText(canvas, title, { ...style, x: plot.x, y: plot.y - 9 });
}

function everyValue({ values, comparison, overlay }: ChartPanel): number[] {
  return [...values, ...(comparison ?? []), ...(overlay ?? []).filter((value) => value !== null)];
}

export function drawGrid(
  canvas: Canvas,
  { plot, tickLabel }: Pick<ChartPanel, "plot" | "tickLabel">,
  scale: ValueScale,
): void {
  for (const tick of scale.ticks) {
    const y = plot.y + plot.height - ((tick - scale.min) / (scale.max - scale.min)) * plot.height;
    const color = tick === 0 ? COLOR.borderStrong : COLOR.grid;
    const line = [
      { x: plot.x, y },
      { x: plot.x + plot.width, y },
    ];
    strokeLine(canvas, line, { color, width: tick === 0 ? 0.9 : 0.7 });
    drawText(canvas, tickLabel(tick), {
      x: plot.x - 8,
      y: y + 2.6,
      size: LABEL_SIZE,
      color: COLOR.ink3,
      align: "right",
    });
  }
}

function drawBars(
  canvas: Canvas,
  { plot, values, fill }: ChartPanel,
  place: (value: number) => number,
): void {
  const slot = plot.width / Math.max(1, values.length);
  const width = Math.min(slot * BAR_SHARE, MAX_BAR_WIDTH);
  const base = place(0);
  for (const [index, value] of values.entries()) {
    if (value === 0) continue;
    const end = place(value);
    const x = plot.x + index * slot + (slot - width) / 2;
    const box = { x, y: Math.min(base, end), width, height: Math.abs(end - base) };
    fillBox(canvas, box, fill);
  }
}

type MaybePoint = Point | null;

function pointsOf(
  { plot, values }: ChartPanel,
  series: readonly (number | null)[],
  place: (value: number) => number,
): MaybePoint[] {
  const slot = plot.width / Math.max(1, values.length);
  return series
    .slice(0, values.length)
    .map((value, index) => (value === null ? null : { x: plot.x + (index + 0.5) * slot, y: place(value) }));
}

/** A line which is interrupted where a value is missing; a value alone is a dot. */
function drawSeries(canvas: Canvas, points: readonly MaybePoint[], style: StrokeOptions): void {
  let run: Point[] = [];
  for (const point of [...points, null]) {
    if (point !== null) {
      run.push(point);
      continue;
    }
    const only = run[0];
    if (run.length > 1) strokeLine(canvas, run, style);
    else if (only !== undefined) drawDot(canvas, only, style.color);
    run = [];
  }
}

function drawDot(canvas: Canvas, { x, y }: Point, color: RGB): void {
  fillCircle(canvas, { x, y, radius: 1.8 }, color);
}

function drawEmpty(canvas: Canvas, { plot, emptyText }: ChartPanel): void {
  drawText(canvas, emptyText, {
    x: plot.x + plot.width / 2,
    y: plot.y + plot.height / 2 + 3,
    size: 9,
    color: COLOR.ink3,
    align: "center",
  });
}
