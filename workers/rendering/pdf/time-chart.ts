import { currencyExponent } from "#core/money/currency-exponent.ts";
import type { ReportDay } from "#core/report/report-model.ts";

import type { Box } from "./canvas.ts";
import { drawDayLabels, drawLegend } from "./chart-legend.ts";
import { drawChartPanel } from "./chart-panel.ts";
import type { ChartPanel } from "./chart-panel.ts";
import { drawReturnPanel } from "./return-panel.ts";
import { openSection } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { CONTENT_BOTTOM, CONTENT_WIDTH, MARGIN } from "./theme.ts";

const AXIS_WIDTH = 50;
const LEGEND_HEIGHT = 26;
const MIN_MAIN_HEIGHT = 84;
const MAX_MAIN_HEIGHT = 140;
const PANEL_GAP = 28;
const SECOND_HEIGHT = 40;
const RETURN_HEIGHT = 96;
const DAY_LABELS_HEIGHT = 18;

/**
 * Revenue (with spend) by day, and below it on the same days the conversions, or in an ROI report what was earned and
 * spent so far: one above the other, no second axis to misread.
 */
export function drawTimeChart(sheet: Sheet): void {
  const isAboutReturn = sheet.model.kind === "roi" && hasSpend(sheet.model.days);
  const secondHeight = isAboutReturn ? RETURN_HEIGHT : SECOND_HEIGHT;
  const fixed = LEGEND_HEIGHT + PANEL_GAP + secondHeight + DAY_LABELS_HEIGHT;
  openSection(sheet, {
    title: sheet.voice.words.sections.chart.title,
    note: chartNote(sheet),
    keep: fixed + MIN_MAIN_HEIGHT,
  });
  const plot = { x: MARGIN + AXIS_WIDTH, y: sheet.y + LEGEND_HEIGHT, width: CONTENT_WIDTH - AXIS_WIDTH };
  // The chart takes what the page has left, within reason.
  const room = CONTENT_BOTTOM - sheet.y - fixed;
  const mainHeight = Math.max(MIN_MAIN_HEIGHT, Math.min(MAX_MAIN_HEIGHT, room));
  drawChartPanel(sheet.canvas, revenuePanel(sheet, { ...plot, height: mainHeight }));
  drawLegend(sheet, { hasSpend: hasSpend(sheet.model.days), y: sheet.y + LEGEND_HEIGHT - 9 });
  const second = { ...plot, y: plot.y + mainHeight + PANEL_GAP, height: secondHeight };
  if (isAboutReturn) drawReturnPanel(sheet, second);
  else drawChartPanel(sheet.canvas, conversionsPanel(sheet, second));
  drawDayLabels(sheet, second);
  sheet.y += fixed + mainHeight;
}

function revenuePanel({ model, voice, theme }: Sheet, plot: Box): ChartPanel {
  return {
    title: voice.words.kpis.revenue,
    plot,
    values: model.days.map((day) => day.revenueMinor),
    fill: theme.fill,
    comparison: model.comparisonDays?.map((day) => day.revenueMinor) ?? null,
    overlay: hasSpend(model.days) ? model.days.map((day) => day.spendMinor) : null,
    tickCount: 4,
    smallestStep: 10 ** currencyExponent(model.currency),
    tickLabel: voice.formats.shortMoney,
    emptyText: voice.words.chart.noRevenue,
  };
}

function conversionsPanel({ model, voice, theme }: Sheet, plot: Box): ChartPanel {
  return {
    title: voice.words.kpis.conversions,
    plot,
    values: model.days.map((day) => day.conversions),
    fill: theme.fill,
    comparison: model.comparisonDays?.map((day) => day.conversions) ?? null,
    overlay: null,
    tickCount: 2,
    smallestStep: 1,
    tickLabel: voice.formats.shortCount,
    emptyText: voice.words.chart.noConversions,
  };
}

function chartNote({ model, voice }: Sheet): string {
  const { words, formats } = voice;
  const zone = words.chart.zone(model.range.timeZone);
  const best = bestDay(model.days);
  if (best === null) return zone;
  return `${zone} ${words.chart.bestDay(formats.shortDay(best.day), formats.money(best.revenueMinor))}`;
}

function bestDay(days: readonly ReportDay[]): ReportDay | null {
  let best: ReportDay | null = null;
  for (const day of days) if (day.revenueMinor > (best?.revenueMinor ?? 0)) best = day;
  return best;
}

function hasSpend(days: readonly ReportDay[]): boolean {
  return days.some((day) => day.spendMinor !== null);
}
