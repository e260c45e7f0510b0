import { howComputedFacts } from "#rendering/words/how-computed-facts.ts";
import type { Fact } from "#rendering/words/how-computed-facts.ts";

import { drawText } from "./canvas.ts";
import { cleanForFont } from "./clean-text.ts";
import { ensureSpace, openSection } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR, CONTENT_WIDTH, MARGIN } from "./theme.ts";
import { wrapText } from "./wrap-text.ts";

type Print = { size: number; leading: number; gap: number };

const PRINT: Print = { size: 8.5, leading: 12.5, gap: 4 };
/** A summary has one or two pages for everything. */
const SMALL_PRINT: Print = { size: 7.5, leading: 9.8, gap: 2 };
const TERM_WIDTH = 118;
const LONGEST_KEPT_WHOLE = 480;
const MAX_LINES = 14;
/** Enough to recognise what was lost; the rest is only counted. */
const MAX_LISTED = 24;

/** What every figure rests on, so that anyone can check it. Comes last: it also lists what the fonts could not write. */
export function drawHowComputed(sheet: Sheet): void {
  const isSummary = sheet.model.kind === "executive-summary";
  const print = isSummary ? SMALL_PRINT : PRINT;
  const facts = collectFacts(sheet).map((fact) => setFact(sheet, fact, print));
  const height = facts.reduce((sum, fact) => sum + factHeight(fact), 0);
  const { title, note } = sheet.voice.words.sections.howComputed;
  openSection(sheet, {
    title,
    note: isSummary ? "" : note,
    keep: Math.min(height, LONGEST_KEPT_WHOLE),
  });
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

type SetFact = { term: string; lines: readonly string[]; print: Print };

function setFact({ typeface }: Sheet, { term, text }: Fact, print: Print): SetFact {
  const measure = { size: print.size, maxWidth: CONTENT_WIDTH - TERM_WIDTH, maxLines: MAX_LINES };
  return { term, lines: wrapText(typeface.regular, cleanForFont(typeface, text), measure), print };
}

function factHeight({ lines, print }: SetFact): number {
  return lines.length * print.leading + print.gap;
}

function drawFact(sheet: Sheet, fact: SetFact): void {
  const { term, lines, print } = fact;
  const { size, leading } = print;
  ensureSpace(sheet, factHeight(fact));
  const { canvas, y } = sheet;
  const style = { size, color: COLOR.ink2 };
  const maxWidth = TERM_WIDTH - 12;
  drawText(canvas, term, { ...style, x: MARGIN, y: y + size, weight: "semibold", maxWidth });
  for (const [index, line] of lines.entries()) {
    drawText(canvas, line, { ...style, x: MARGIN + TERM_WIDTH, y: y + size + index * leading });
  }
  sheet.y += factHeight(fact);
}
