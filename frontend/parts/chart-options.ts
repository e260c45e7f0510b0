import type uPlot from "uplot";

import { formatDayShort } from "#frontend/format/date.ts";
import { axisSteps, isFlat, labelledDays, roomAtEnd } from "./chart-model.ts";
import type { ChartModel } from "./chart-model.ts";

type Size = { width: number; height: number };

const AXIS_FONT = '12px "Inter Variable", system-ui, sans-serif';
const Y_AXIS_WIDTH = 56;

/** Everything uPlot needs, with the colours of the theme in force. */
export function chartOptions(
  model: ChartModel,
  size: Size,
  onIndex: (index: number | null) => void,
): uPlot.Options {
  const colour = readColours();
  const pointColour = (_: uPlot, seriesIndex: number) =>
    seriesIndex === PREVIOUS_SERIES ? colour.compare : colour.line;
  const labelled = labelledDays(model.days.length, size.width - Y_AXIS_WIDTH);
  return {
    ...size,
    padding: [12, roomAtEnd(model.days.length, labelled, size.width - Y_AXIS_WIDTH), 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { size: 8, width: 0, fill: pointColour, stroke: pointColour },
      move: (self, left, top) => [snapToDay(self, left), top],
      dataIdx: (self, seriesIndex, closest) => pointAt(self, seriesIndex, closest),
    },
    scales: {
      x: { time: false, range: (_, min, max) => [min, Math.max(max, min + 1)] },
      y: { range: yRange },
    },
    axes: axes(model, colour, labelled),
    series: series(colour),
    hooks: { setCursor: [(self) => onIndex(self.cursor.idx ?? null)] },
  };
}

type Colours = ReturnType<typeof readColours>;

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    line: read("--chart-line"),
    fill: read("--chart-fill"),
    compare: read("--chart-compare"),
    grid: read("--chart-grid"),
    text: read("--ink-3"),
  };
}

/** The crosshair stands on a day, never between two. */
function snapToDay(self: uPlot, left: number): number {
  return left < 0 ? left : self.valToPos(self.posToIdx(left), "x");
}

const PREVIOUS_SERIES = 1;

/** Drawing order: what lies under comes first. */
function series(colour: Colours): uPlot.Series[] {
  return [
    {},
    { stroke: colour.compare, width: 1.25, points: { show: false } },
    { stroke: colour.line, fill: colour.fill, width: 2, points: { show: isLonely } },
    { stroke: colour.line, fill: colour.fill, width: 2, dash: [5, 4], points: { show: isLonely } },
  ];
}

/** A single day has no line; a point shows that it is there. */
function isLonely(self: uPlot, seriesIndex: number): boolean {
  const values = self.data[seriesIndex] ?? [];
  return values.filter((value) => value !== null && value !== undefined).length === 1 && values.length === 1;
}

/** No crosshair point on a series that has no value there. */
function pointAt(self: uPlot, seriesIndex: number, closest: number): number | null {
  const value = self.data[seriesIndex]?.[closest];
  return value === null || value === undefined ? null : closest;
}

function axes(model: ChartModel, colour: Colours, labelled: number[]): uPlot.Axis[] {
  const once = (_: uPlot, splits: number[]) => axisSteps(splits, model.formatAxis);
  const common = { stroke: colour.text, font: AXIS_FONT, ticks: { show: false } };
  return [
    {
      ...common,
      size: 30,
      gap: 8,
      grid: { show: false },
      splits: () => labelled,
      values: (_, splits) => splits.map((index) => formatDayShort(model.days[index] ?? "")),
    },
    {
      ...common,
      size: Y_AXIS_WIDTH,
      gap: 8,
      space: 48,
      grid: { stroke: colour.grid, width: 1, filter: once },
      filter: once,
      ...(isFlat(model) ? { splits: () => [0] } : {}),
      values: (_, splits) => splits.map((value) => (value === null ? null : model.formatAxis(value))),
    },
  ];
}

/** From 0 (or the lowest negative) to a little above the top: an axis that does not begin at 0 exaggerates. */
function yRange(_: uPlot, min: number | null, max: number | null): [number, number] {
  const low = Math.min(min ?? 0, 0);
  const high = Math.max(max ?? 0, 0);
  if (low === 0 && high === 0) return [0, 1];
  const room = (high - low) * 0.08;
  return [low < 0 ? low - room : 0, high + room];
}
