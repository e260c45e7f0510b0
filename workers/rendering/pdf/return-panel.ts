import { currencyExponent } from "#core/money/currency-exponent.ts";

import { fillPolygon, strokeLine } from "./canvas.ts";
import type { Box, Point } from "./canvas.ts";
import { OVERLAY_STROKE, drawGrid, drawPanelTitle } from "./chart-panel.ts";
import { mix } from "./color.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR } from "./theme.ts";
import { valueScale } from "./value-scale.ts";

const TICKS = 3;
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

/** From day to day; where the lines cross, up to the crossing. */
function drawBetween({ canvas }: Sheet, earned: readonly Point[], spent: readonly Point[]): void {
  for (let index = 1; index < earned.length; index += 1) {
    const [a, b] = [earned[index - 1], earned[index]];
    const [c, d] = [spent[index - 1], spent[index]];
    if (a === undefined || b === undefined || c === undefined || d === undefined) continue;
    // Smaller y is higher on the page.
    const [before, after] = [c.y - a.y, d.y - b.y];
    if (before * after >= 0) {
      fillPolygon(canvas, [a, b, d, c], before + after >= 0 ? GAIN : LOSS);
      continue;
    }
    const part = before / (before - after);
    const crossing = { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part };
    fillPolygon(canvas, [a, crossing, c], before > 0 ? GAIN : LOSS);
    fillPolygon(canvas, [crossing, b, d], after > 0 ? GAIN : LOSS);
  }
}
