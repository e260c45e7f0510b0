import { howComputedFacts } from "#rendering/words/how-computed-facts.ts";
import type { Fact } from "#rendering/words/how-computed-facts.ts";

import { drawText } from "./canvas.ts";
import { cleanForFont } from "./clean-text.ts";
import { ensureSpace, openSection } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR, CONTENT_WIDTH, MARGIN } from "./theme.ts";
import { wrapText } from "./wrap-text.ts";

const SIZE = 8.5;
const LINE_HEIGHT = 12.5;
const TERM_WIDTH = 118;
const ENTRY_GAP = 4;
const LONGEST_KEPT_WHOLE = 480;
const MAX_LINES = 14;
/** Enough to recognise what was lost; the rest is only counted. */
const MAX_LISTED = 24;

/** What every figure rests on, so that anyone can check it. Comes last: it also lists what the fonts could not write. */
export function drawHowComputed(sheet: Sheet): void {
  const facts = collectFacts(sheet).map((fact) => setFact(sheet, fact));
  const height = facts.reduce((sum, fact) => sum + factHeight(fact), 0);
  const { title, note } = sheet.voice.words.sections.howComputed;
  openSection(sheet, { title, note, keep: Math.min(height, LONGEST_KEPT_WHOLE) });
  for (const fact of facts) drawFact(sheet, fact);
}

function collectFacts({ model, voice, typeface }: Sheet): Fact[] {
  const facts = howComputedFacts(model, voice);
  // The footers are drawn later, but every text of them has been met by now, or is met here.
  const furniture = [model.title, model.siteName, model.accountName, model.branding.footer];
  for (const text of [...furniture, ...facts.map((fact) => fact.text)]) cleanForFont(typeface, text ?? "");
  const replaced = [...typeface.replaced];
  if (replaced.length === 0) return facts;
  const { howComputed: words } = voice.words;
  const more = replaced.length > MAX_LISTED ? [words.andMore(replaced.length - MAX_LISTED)] : [];
  const list = [...replaced.slice(0, MAX_LISTED), ...more].join(", ");
  return [...facts, { term: words.terms.characters, text: words.characters(list) }];
}

type SetFact = { term: string; lines: readonly string[] };

function setFact({ typeface }: Sheet, { term, text }: Fact): SetFact {
  const measure = { size: SIZE, maxWidth: CONTENT_WIDTH - TERM_WIDTH, maxLines: MAX_LINES };
  return { term, lines: wrapText(typeface.regular, cleanForFont(typeface, text), measure) };
}

function factHeight({ lines }: SetFact): number {
  return lines.length * LINE_HEIGHT + ENTRY_GAP;
}

function drawFact(sheet: Sheet, fact: SetFact): void {
  const { term, lines } = fact;
  ensureSpace(sheet, factHeight(fact));
  const { canvas, y } = sheet;
  const style = { size: SIZE, y: y + SIZE };
  drawText(canvas, term, {
    ...style,
    x: MARGIN,
    weight: "semibold",
    color: COLOR.ink2,
    maxWidth: TERM_WIDTH - 12,
  });
  for (const [index, line] of lines.entries()) {
    const at = { x: MARGIN + TERM_WIDTH, y: y + SIZE + index * LINE_HEIGHT };
    drawText(canvas, line, { ...at, size: SIZE, color: COLOR.ink2 });
  }
  sheet.y += factHeight(fact);
}
