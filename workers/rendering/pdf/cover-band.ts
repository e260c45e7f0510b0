import { scopeNames } from "#rendering/words/names.ts";

import { drawImage, drawText, fillBox, fillRoundedBox, measureText, strokeLine } from "./canvas.ts";
import { cleanForFont } from "./clean-text.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR, CONTENT_WIDTH, MARGIN, PAGE } from "./theme.ts";
import { wrapText } from "./wrap-text.ts";

const TITLE_SIZE = 26;
const TITLE_LEADING = 31;
const TITLE_TOP = 104;
const NAME_SIZE = 13;
const NAME_HEIGHT = 26;
const RULE_HEIGHT = 3;
const MAX_PREPARED_FOR = 240;
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
  const titleBottom = TITLE_TOP + nameHeight + (title.length - 1) * TITLE_LEADING;
  const height = titleBottom + 50;

  fillBox(canvas, { x: 0, y: 0, width: PAGE.width, height }, theme.band);
  fillBox(canvas, { x: 0, y: height, width: PAGE.width, height: RULE_HEIGHT }, theme.bandRule);
  if (sheet.logo === null) drawSign(sheet);
  else drawLogo(sheet, sheet.logo);
  drawKind(sheet);
  drawSponsor(sheet);
  for (const [index, line] of title.entries()) {
    const y = TITLE_TOP + nameHeight + index * TITLE_LEADING;
    drawText(canvas, line, { x: MARGIN, y, size: TITLE_SIZE, weight: "semibold", color: theme.onBand });
  }
  drawFacts(sheet, titleBottom + 26);
  sheet.y = height + RULE_HEIGHT;
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
  const style = { x: MARGIN, y: TITLE_TOP - 8, size: NAME_SIZE, weight: "semibold" } as const;
  const text = voice.words.page.preparedFor(name);
  drawText(canvas, text, { ...style, color: theme.onBandSoft, maxWidth: CONTENT_WIDTH });
}

/** Days and subject on the left; on the right for whom. */
function drawFacts(sheet: Sheet, y: number): void {
  const { canvas, model, voice, theme } = sheet;
  const { words, formats } = voice;
  const style = { y, size: 10.5, color: theme.onBand };
  const isNamed = model.preparedFor === null || sponsorName(sheet) !== null;
  const right = isNamed ? "" : words.page.preparedFor(model.preparedFor ?? "");
  const rightWidth = Math.min(MAX_PREPARED_FOR, measureText(canvas, right, style));
  const room = CONTENT_WIDTH - (right === "" ? 0 : rightWidth + 24);

  const range = formats.range(model.range);
  const taken = drawText(canvas, range, { ...style, x: MARGIN, weight: "semibold", maxWidth: room });
  const names = scopeNames(model, words).filter((name) => name !== model.title);
  const rest = { ...style, x: MARGIN + taken + 10, color: theme.onBandSoft, maxWidth: room - taken - 10 };
  if (rest.maxWidth > 24) drawText(canvas, names.join(" · "), rest);
  drawText(canvas, right, { ...style, x: PAGE.width - MARGIN, align: "right", maxWidth: MAX_PREPARED_FOR });
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
  drawText(canvas, "Waymark", { ...style, x: MARGIN + 25, y: 45.5 });
}
