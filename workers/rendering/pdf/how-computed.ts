import { howComputedFacts, kpiDefinitions } from "#rendering/words/how-computed-words.ts";
import type { Fact } from "#rendering/words/how-computed-words.ts";

import { drawText } from "./canvas.ts";
import { ensureSpace, openSection } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { COLOR, CONTENT_WIDTH, MARGIN } from "./theme.ts";
import { cleanForFont } from "./typeface.ts";
import { wrapText } from "./wrap-text.ts";

const SIZE = 8.5;
const LINE_HEIGHT = 12.5;
const TERM_WIDTH = 118;
const ENTRY_GAP = 4;
const LONGEST_KEPT_WHOLE = 480;
/** Enough to recognise what was lost; the rest is only counted. */
const MAX_LISTED = 24;

/** What every figure rests on, so that anyone can check it. Comes last: it also lists what the font could not write. */
export function drawHowComputed(sheet: Sheet): void {
  const facts = collectFacts(sheet).map((fact) => setFact(sheet, fact));
  const height = facts.reduce((sum, fact) => sum + factHeight(fact), 0);
  openSection(sheet, {
    title: "How this was computed",
    note: "Every figure of this report rests on these choices; with them it can be made again, to the cent.",
    keep: Math.min(height, LONGEST_KEPT_WHOLE),
  });
  for (const fact of facts) drawFact(sheet, fact);
}

function collectFacts({ model, formats, typeface }: Sheet): Fact[] {
  const notes = model.howComputed.notes;
  // The page furniture is drawn later, but every text of it has been met by now, or is met here.
  for (const text of [model.title, model.siteName, ...notes]) cleanForFont(typeface, text);
  const replaced = [...typeface.replaced];
  return [
    ...howComputedFacts(model, formats),
    ...kpiDefinitions(model),
    ...notes.map((text) => ({ term: "Note", text })),
    ...(replaced.length === 0 ? [] : [{ term: "Characters", text: replacedWords(replaced) }]),
  ];
}

function replacedWords(replaced: readonly string[]): string {
  const listed = replaced.slice(0, MAX_LISTED).join(", ");
  const more = replaced.length > MAX_LISTED ? ` and ${replaced.length - MAX_LISTED} more` : "";
  return `Shown as □, because the report's font does not have them: ${listed}${more}.`;
}

type SetFact = { term: string; lines: readonly string[] };

function setFact({ typeface }: Sheet, { term, text }: Fact): SetFact {
  const measure = { size: SIZE, maxWidth: CONTENT_WIDTH - TERM_WIDTH, maxLines: 12 };
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
