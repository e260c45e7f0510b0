import { currencyExponent } from "#core/money/currency-exponent.ts";
import type { ReportDay } from "#core/report/report-model.ts";

import { drawText, fillBox, measureText, strokeLine } from "./canvas.ts";
import type { Box, StrokeOptions } from "./canvas.ts";
import { COMPARISON_STROKE, OVERLAY_STROKE, drawChartPanel } from "./chart-panel.ts";
import { openSection } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR, CONTENT_BOTTOM, CONTENT_WIDTH, MARGIN } from "./theme.ts";

const AXIS_WIDTH = 46;
const LEGEND_HEIGHT = 26;
const MIN_REVENUE_HEIGHT = 84;
const MAX_REVENUE_HEIGHT = 140;
const PANEL_GAP = 28;
const CONVERSIONS_HEIGHT = 40;
const DAY_LABELS_HEIGHT = 18;
const FIXED_HEIGHT = LEGEND_HEIGHT + PANEL_GAP + CONVERSIONS_HEIGHT + DAY_LABELS_HEIGHT;
const DAY_LABEL_ROOM = 62;
const SWATCH_ROOM = 18;
const LEGEND_GAP = 12;

/** Revenue (with spend) and conversions by day, one above the other on the same days: no second axis to misread. */
export function drawTimeChart(sheet: Sheet): void {
  openSection(sheet, {
    title: "Day by day",
    note: chartNote(sheet),
    keep: FIXED_HEIGHT + MIN_REVENUE_HEIGHT,
  });
  const { canvas, model } = sheet;
  const plot = { x: MARGIN + AXIS_WIDTH, y: sheet.y + LEGEND_HEIGHT, width: CONTENT_WIDTH - AXIS_WIDTH };
  const revenueHeight = fittingHeight(sheet.y);
  const revenuePlot = { ...plot, height: revenueHeight };
  drawChartPanel(canvas, revenuePanel(sheet, revenuePlot));
  drawLegend(sheet);
  const conversionsPlot = { ...plot, y: plot.y + revenueHeight + PANEL_GAP, height: CONVERSIONS_HEIGHT };
  drawChartPanel(canvas, {
    title: "Conversions",
    plot: conversionsPlot,
    values: model.days.map((day) => day.conversions),
    comparison: model.comparisonDays?.map((day) => day.conversions) ?? null,
    overlay: null,
    tickCount: 2,
    smallestStep: 1,
    tickLabel: sheet.formats.shortCount,
    emptyText: "No conversions in these days",
  });
  drawDayLabels(sheet, conversionsPlot);
  sheet.y += FIXED_HEIGHT + revenueHeight;
}

/** The chart takes what the page has left, within reason. */
function fittingHeight(y: number): number {
  return Math.max(MIN_REVENUE_HEIGHT, Math.min(MAX_REVENUE_HEIGHT, CONTENT_BOTTOM - y - FIXED_HEIGHT));
}

function revenuePanel({ model, formats }: Sheet, plot: Box): Parameters<typeof drawChartPanel>[1] {
  return {
    title: "Revenue",
    plot,
    values: model.days.map((day) => day.revenueMinor),
    comparison: model.comparisonDays?.map((day) => day.revenueMinor) ?? null,
    overlay: hasSpend(model.days) ? model.days.map((day) => day.spendMinor) : null,
    tickCount: 4,
    smallestStep: 10 ** currencyExponent(model.currency),
    tickLabel: formats.shortMoney,
    emptyText: "No revenue in these days",
  };
}

function chartNote({ model, formats }: Sheet): string {
  const zone = `Each day is the site's own, in ${model.range.timeZone}.`;
  const best = bestDay(model.days);
  if (best === null) return zone;
  return `${zone} The best was ${formats.shortDay(best.day)} with ${formats.money(best.revenueMinor)}.`;
}

function bestDay(days: readonly ReportDay[]): ReportDay | null {
  let best: ReportDay | null = null;
  for (const day of days) if (day.revenueMinor > (best?.revenueMinor ?? 0)) best = day;
  return best;
}

function hasSpend(days: readonly ReportDay[]): boolean {
  return days.some((day) => day.spendMinor !== null);
}

type LegendEntry = { label: string; stroke: StrokeOptions | null };

/** Right-aligned on the line of the first panel's title; a box stands for bars, a line for lines. */
function drawLegend(sheet: Sheet): void {
  const { canvas } = sheet;
  const entries = legendEntries(sheet);
  const style = { size: 7.5, color: COLOR.ink2 };
  const widths = entries.map(({ label }) => measureText(canvas, label, style));
  const total = widths.reduce((sum, width) => sum + SWATCH_ROOM + width, LEGEND_GAP * (entries.length - 1));
  let x = MARGIN + CONTENT_WIDTH - total;
  const y = sheet.y + LEGEND_HEIGHT - 9;
  for (const [index, { label, stroke }] of entries.entries()) {
    const swatch = { x, y: y - 2.6 };
    if (stroke === null) fillBox(canvas, { x: x + 5, y: y - 6.2, width: 8, height: 7 }, COLOR.accentFill);
    else strokeLine(canvas, [swatch, { ...swatch, x: x + 13 }], stroke);
    drawText(canvas, label, { ...style, x: x + SWATCH_ROOM, y });
    x += SWATCH_ROOM + (widths[index] ?? 0) + LEGEND_GAP;
  }
}

function legendEntries({ model, formats }: Sheet): LegendEntry[] {
  const entries: LegendEntry[] = [{ label: formats.range(model.range), stroke: null }];
  if (hasSpend(model.days)) entries.push({ label: "Spend", stroke: OVERLAY_STROKE });
  if (model.comparison !== null && model.comparisonDays !== null) {
    entries.push({ label: formats.range(model.comparison), stroke: COMPARISON_STROKE });
  }
  return entries;
}

/** As many days as fit, evenly spaced, the first one always. */
function drawDayLabels({ canvas, model, formats }: Sheet, plot: Box): void {
  const count = model.days.length;
  const slot = plot.width / Math.max(1, count);
  const every = Math.max(1, Math.ceil(DAY_LABEL_ROOM / slot));
  const half = 14;
  for (let index = 0; index < count; index += every) {
    const day = model.days[index];
    if (day === undefined) continue;
    const x = plot.x + (index + 0.5) * slot;
    const centred = Math.max(plot.x + half, Math.min(plot.x + plot.width - half, x));
    const y = plot.y + plot.height + 14;
    drawText(canvas, formats.shortDay(day.day), {
      x: centred,
      y,
      size: 7.5,
      color: COLOR.ink3,
      align: "center",
    });
  }
}
