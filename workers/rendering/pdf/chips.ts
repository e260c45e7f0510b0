import type { RGB } from "pdf-lib";

import type { ReportJourney, ReportJourneyStep } from "#core/report/report-journeys.ts";
import { stepName } from "#rendering/words/names.ts";

import { drawText, fillRoundedBox, measureText } from "./canvas.ts";
import { cleanForFont } from "./clean-text.ts";
import type { Sheet } from "./sheet.ts";
import { ellipsize } from "./text-width.ts";
import { COLOR, channelTint } from "./theme.ts";

/** One contact of a way, as a small label in its channel's colour. */
type Chip = { text: string; width: number; ground: RGB };
export type ChipLine = { chips: readonly Chip[]; isFirst: boolean };

const SIZE = 7.5;
const PADDING = 5;
const HEIGHT = 13;
const RADIUS = 3.5;
const ARROW = "→";
const ARROW_ROOM = 15;
const MAX_NAME_WIDTH = 128;
const MAX_LINES = 4;

type Room = { by: "campaign" | "channel"; width: number };

/** The contacts in lines that fit; none where the way is empty. A way that goes on and on ends in "…". */
export function layOutChips(sheet: Sheet, { path, isShortened }: ReportJourney, room: Room): ChipLine[] {
  const chips = path.map((step) => chipOf(sheet, step, room.by));
  if (path.length > 0 && isShortened) chips.unshift(plainChip(sheet, "…"));
  const lines: Chip[][] = [];
  let taken = Number.POSITIVE_INFINITY;
  for (const chip of chips) {
    if (taken + ARROW_ROOM + chip.width > room.width) {
      lines.push([]);
      taken = 0;
    }
    taken += chip.width + ARROW_ROOM;
    lines.at(-1)?.push(chip);
  }
  const shown = lines.slice(0, MAX_LINES);
  if (lines.length > MAX_LINES) shown.at(-1)?.splice(-1, 1, plainChip(sheet, "…"));
  return shown.map((line, index) => ({ chips: line, isFirst: index === 0 }));
}

function chipOf(sheet: Sheet, step: ReportJourneyStep, by: Room["by"]): Chip {
  const name = cleanForFont(sheet.typeface, stepName(step, by, sheet.voice.words));
  const text = ellipsize(sheet.typeface.regular, name, { size: SIZE, maxWidth: MAX_NAME_WIDTH });
  const ground = step.kind === "group" ? channelTint(step.key) : COLOR.border;
  return { ...plainChip(sheet, text), ground };
}

function plainChip({ canvas }: Sheet, text: string): Chip {
  return { text, width: measureText(canvas, text, { size: SIZE }) + 2 * PADDING, ground: COLOR.grid };
}

/** An arrow before each but the very first. */
export function drawChips(
  { canvas }: Sheet,
  { chips, isFirst }: ChipLine,
  at: { x: number; y: number },
): void {
  const { y } = at;
  let { x } = at;
  for (const [index, chip] of chips.entries()) {
    if (index > 0 || !isFirst) {
      const style = { size: SIZE, color: COLOR.ink3, align: "center" } as const;
      drawText(canvas, ARROW, { ...style, x: x + ARROW_ROOM / 2, y: y + 9.5 });
      x += ARROW_ROOM;
    }
    fillRoundedBox(canvas, { x, y, width: chip.width, height: HEIGHT, radius: RADIUS }, chip.ground);
    drawText(canvas, chip.text, { x: x + PADDING, y: y + 9.5, size: SIZE, color: COLOR.ink });
    x += chip.width;
  }
}
