import { currencyExponent } from "#core/money/currency-exponent.ts";

import { fillPolygon, strokeLine } from "./canvas.ts";
import type { Box, Point } from "./canvas.ts";
import { OVERLAY_STROKE, drawGrid, drawPanelTitle } from "./chart-panel.ts";
import { mix } from "./color.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR } from "./theme.ts";
import { valueScale } from "#rendering/format/value-scale.ts";

const TICKS = 4;
const GAIN = mix(COLOR.good, COLOR.white, 0.14);
const LOSS = mix(COLOR.bad, COLOR.white, 0.14);

/** Revenue and spend added up from the first day: green between them where more came in than went out, red where less. */
export function drawReturnPanel(sheet: Sheet, plot: Box): void {
  const { canvas, model, voice, theme } = sheet;
  const revenue = runningSum(model.days.map((day) => day.revenueMinor));
  const spend = runningSum(model.days.map((day) => day.spendMinor ?? 0));
  drawPanelTitle(canvas, { title: voice.words.chart.cumulated, plot });
  const scale = valueScale([...revenue, ...spend], TICKS, 10 ** currencyExponent(model.currency));
  const place = (value: number): number =>
    plot.y + plot.height - ((value - scale.min) / (scale.max - scale.min)) * plot.height;
  const slot = plot.width / Math.max(1, revenue.length);
  const points = (values: readonly number[]): Point[] =>
    values.map((value, index) => ({ x: plot.x + (index + 0.5) * slot, y: place(value) }));

  const [earned, spent] = [points(revenue), points(spend)];
  drawBetween(sheet, earned, spent);
  drawGrid(canvas, { plot, tickLabel: voice.formats.shortMoney }, scale);
  strokeLine(canvas, spent, OVERLAY_STROKE);
  strokeLine(canvas, earned, { color: theme.fill, width: 1.6 });
}

function runningSum(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}

type Band = { isGain: boolean; above: Point[]; below: Point[] };

/** One area for each stretch between crossings: areas of a day each would show their seams. */
function drawBetween({ canvas }: Sheet, earned: readonly Point[], spent: readonly Point[]): void {
  let band: Band | null = null;
  const close = (open: Band | null): void => {
    if (open === null) return;
    fillPolygon(canvas, [...open.above, ...open.below.toReversed()], open.isGain ? GAIN : LOSS);
  };
  for (const [index, a] of earned.entries()) {
    const b = spent[index] ?? a;
    // Smaller y is higher on the page.
    const isGain: boolean = a.y <= b.y;
    if (band !== null && band.isGain !== isGain) {
      const crossing = crossingOf({ a: band.above.at(-1) ?? a, b: band.below.at(-1) ?? b }, { a, b });
      band.above.push(crossing);
      close(band);
      band = { isGain, above: [crossing], below: [] };
    }
    band ??= { isGain, above: [], below: [] };
    band.above.push(a);
    band.below.push(b);
  }
  close(band);
}

type Pair = { a: Point; b: Point };

/** Where two lines meet that change sides between two days. */
function crossingOf(before: Pair, after: Pair): Point {
  const gapBefore = before.b.y - before.a.y;
  const gapAfter = after.b.y - after.a.y;
  const part = gapBefore === gapAfter ? 0 : gapBefore / (gapBefore - gapAfter);
  return {
    x: before.a.x + (after.a.x - before.a.x) * part,
    y: before.a.y + (after.a.y - before.a.y) * part,
  };
}
