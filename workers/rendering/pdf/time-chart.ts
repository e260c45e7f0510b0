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
const LEGEND_HEIGHT = 22;
const MIN_MAIN_HEIGHT = 62;
const MAX_MAIN_HEIGHT = 140;
const PANEL_GAP = 28;
const SECOND_HEIGHT = 40;
const DAY_LABELS_HEIGHT = 18;

const FIXED = LEGEND_HEIGHT + PANEL_GAP + SECOND_HEIGHT + DAY_LABELS_HEIGHT;

/**
 * Revenue (with spend) by day, and below it on the same days the conversions: one above the other, no second axis to
 * misread. An ROI report shows first what was earned and spent so far, and revenue by day below.
 */
export function drawTimeChart(sheet: Sheet): void {
  openSection(sheet, {
    title: sheet.voice.words.sections.chart.title,
    note: chartNote(sheet),
    keep: FIXED + MIN_MAIN_HEIGHT,
  });
  const plot = { x: MARGIN + AXIS_WIDTH, y: sheet.y + LEGEND_HEIGHT, width: CONTENT_WIDTH - AXIS_WIDTH };
  const main = { ...plot, height: mainHeight(sheet) };
  const second = { ...plot, y: plot.y + main.height + PANEL_GAP, height: SECOND_HEIGHT };
  const spends = hasSpend(sheet.model.days);
  drawLegend(sheet, { hasSpend: spends, y: sheet.y + LEGEND_HEIGHT - 9 });
  if (sheet.model.kind === "roi" && spends) {
    drawReturnPanel(sheet, main);
    drawChartPanel(sheet.canvas, { ...revenuePanel(sheet, second), tickCount: 2 });
  } else {
    drawChartPanel(sheet.canvas, revenuePanel(sheet, main));
    drawChartPanel(sheet.canvas, conversionsPanel(sheet, second));
  }
  drawDayLabels(sheet, second);
  sheet.y += FIXED + main.height;
}

/** The chart takes what the page has left, within reason. */
function mainHeight({ y }: Sheet): number {
  return Math.max(MIN_MAIN_HEIGHT, Math.min(MAX_MAIN_HEIGHT, CONTENT_BOTTOM - y - FIXED));
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
