import { scopeNames } from "#rendering/words/names.ts";

import { drawImage, drawText, fillBox, fillRoundedBox, measureText, strokeLine } from "./canvas.ts";
import { cleanForFont } from "./clean-text.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR, CONTENT_WIDTH, MARGIN, PAGE } from "./theme.ts";
import { wrapText } from "./wrap-text.ts";

const TITLE_SIZE = 26;
const TITLE_LEADING = 31;
const TITLE_TOP = 100;
/** A plate reaches further down than Waymark's sign. */
const LOGO_DROP = 8;
const NAME_SIZE = 13;
const NAME_HEIGHT = 26;
const RULE_HEIGHT = 3;
const LOGO_TOP = 26;
const LOGO_PADDING = 7;
const LOGO_MAX = { width: 150, height: 30 };
const SIGN_BOX = 18;

/** The band across the top of the first page: whose report, of what, for which days; for whom, if anyone. */
export function drawCoverBand(sheet: Sheet): void {
  const { canvas, typeface, model, theme } = sheet;
  const title = wrapText(typeface.semibold, cleanForFont(typeface, model.title), {
    size: TITLE_SIZE,
    maxWidth: CONTENT_WIDTH,
    maxLines: 2,
  });
  const nameHeight = sponsorName(sheet) === null ? 0 : NAME_HEIGHT;
  const titleTop = titleTopOf(sheet);
  const titleBottom = titleTop + nameHeight + (title.length - 1) * TITLE_LEADING;
  const facts = factsOf(sheet);
  const height = titleBottom + 46 + (facts.hasSecondLine ? FACT_LEADING : 0);

  fillBox(canvas, { x: 0, y: 0, width: PAGE.width, height }, theme.band);
  fillBox(canvas, { x: 0, y: height, width: PAGE.width, height: RULE_HEIGHT }, theme.bandRule);
  if (sheet.logo === null) drawSign(sheet);
  else drawLogo(sheet, sheet.logo);
  drawKind(sheet);
  drawSponsor(sheet);
  for (const [index, line] of title.entries()) {
    const y = titleTop + nameHeight + index * TITLE_LEADING;
    drawText(canvas, line, { x: MARGIN, y, size: TITLE_SIZE, weight: "semibold", color: theme.onBand });
  }
  drawFacts(sheet, facts, titleBottom + 25);
  sheet.y = height + RULE_HEIGHT;
}

function titleTopOf({ logo }: Sheet): number {
  return TITLE_TOP + (logo === null ? 0 : LOGO_DROP);
}

function drawKind({ canvas, model, voice, theme }: Sheet): void {
  drawText(canvas, voice.words.kinds[model.kind].toLocaleUpperCase(model.language), {
    x: PAGE.width - MARGIN,
    y: 46,
    size: 7.5,
    weight: "semibold",
    color: theme.onBandSoft,
    align: "right",
    tracking: 0.6,
  });
}

/** Who paid stands above all else in a sponsor report. */
function sponsorName({ model }: Sheet): string | null {
  return model.kind === "sponsor" ? model.preparedFor : null;
}

function drawSponsor(sheet: Sheet): void {
  const name = sponsorName(sheet);
  if (name === null) return;
  const { canvas, voice, theme } = sheet;
  const style = { x: MARGIN, y: titleTopOf(sheet) - 8, size: NAME_SIZE, weight: "semibold" } as const;
  const text = voice.words.page.preparedFor(name);
  drawText(canvas, text, { ...style, color: theme.onBandSoft, maxWidth: CONTENT_WIDTH });
}

type Facts = { range: string; names: string; preparedFor: string; hasSecondLine: boolean };

const FACT_SIZE = 10.5;
const FACT_LEADING = 16;
const FACT_GAP = 10;

/** Days, subject and for whom: on one line where they fit, else the subject has a line of its own. */
function factsOf({ canvas, model, voice }: Sheet): Facts {
  const { words, formats } = voice;
  const isNamed = model.preparedFor === null || model.kind === "sponsor";
  const preparedFor = isNamed ? "" : words.page.preparedFor(model.preparedFor ?? "");
  const range = formats.range(model.range);
  const names = scopeNames(model, words)
    .filter((name) => name !== model.title)
    .join(" · ");
  const style = { size: FACT_SIZE };
  const width =
    measureText(canvas, range, { ...style, weight: "semibold" }) +
    measureText(canvas, names, style) +
    measureText(canvas, preparedFor, style);
  return { range, names, preparedFor, hasSecondLine: width + 4 * FACT_GAP > CONTENT_WIDTH };
}

function drawFacts({ canvas, theme }: Sheet, facts: Facts, y: number): void {
  const style = { y, size: FACT_SIZE, color: theme.onBand };
  const { range, names, preparedFor, hasSecondLine } = facts;
  const taken = drawText(canvas, range, { ...style, x: MARGIN, weight: "semibold", maxWidth: CONTENT_WIDTH });
  const soft = { ...style, color: theme.onBandSoft };
  if (!hasSecondLine) drawText(canvas, names, { ...soft, x: MARGIN + taken + FACT_GAP });
  const maxWidth = CONTENT_WIDTH - taken - 2 * FACT_GAP;
  drawText(canvas, preparedFor, { ...style, x: PAGE.width - MARGIN, align: "right", maxWidth });
  if (!hasSecondLine) return;
  drawText(canvas, names, { ...soft, x: MARGIN, y: y + FACT_LEADING, maxWidth: CONTENT_WIDTH });
}

/** On a white plate: nobody knows what ground a logo was drawn for, and most were drawn for paper. */
function drawLogo({ canvas }: Sheet, logo: NonNullable<Sheet["logo"]>): void {
  const scale = Math.min(LOGO_MAX.width / logo.width, LOGO_MAX.height / logo.height);
  const [width, height] = [logo.width * scale, logo.height * scale];
  const plate = {
    x: MARGIN,
    y: LOGO_TOP,
    width: width + 2 * LOGO_PADDING,
    height: height + 2 * LOGO_PADDING,
  };
  fillRoundedBox(canvas, { ...plate, radius: 5 }, COLOR.white);
  drawImage(canvas, logo, { x: plate.x + LOGO_PADDING, y: plate.y + LOGO_PADDING, width, height });
}

function drawSign({ canvas, theme }: Sheet): void {
  const box = { x: MARGIN, y: 32, width: SIGN_BOX, height: SIGN_BOX, radius: 4.5 };
  fillRoundedBox(canvas, box, theme.bandRule);
  const path = [
    [7, 10.5],
    [11.6, 21.5],
    [16, 11],
    [20.4, 21.5],
    [25, 10.5],
  ] as const;
  const scale = box.width / 32;
  strokeLine(
    canvas,
    path.map(([x, y]) => ({ x: box.x + x * scale, y: box.y + y * scale })),
    { color: theme.onBand, width: 2.8 * scale },
  );
  const style = { size: 12, weight: "semibold", color: theme.onBand } as const;
  drawText(canvas, "Waymark", { ...style, x: MARGIN + 25, y: 46 });
}
