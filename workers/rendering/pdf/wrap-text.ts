import { ellipsize, textWidth } from "./text-width.ts";
import type { Face, Typeface, Weight } from "./typeface.ts";

export type Run = { text: string; weight: Weight };
export type Line = Run[];
export type Measure = { size: number; maxWidth: number; maxLines?: number };

/**
 * Breaks clean text into lines at spaces; a word longer than a line is broken inside. Past `maxLines` the last line
 * ends in "…".
 */
export function wrapText(face: Face, text: string, measure: Measure): string[] {
  const words = text.split(" ").flatMap((word) => breakWord(face, word, measure));
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(face, longer, measure.size) > measure.maxWidth) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  lines.push(line);
  return limitLines(face, lines, measure);
}

function limitLines(face: Face, lines: string[], measure: Measure): string[] {
  const { maxLines = Number.POSITIVE_INFINITY } = measure;
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  // Longer than the line for certain, so that the cut is always marked.
  kept[maxLines - 1] = ellipsize(face, lines.slice(maxLines - 1).join(" "), measure);
  return kept;
}

function breakWord(face: Face, word: string, measure: Measure): string[] {
  if (textWidth(face, word, measure.size) <= measure.maxWidth) return [word];
  const pieces: string[] = [];
  let piece = "";
  for (const character of word) {
    if (piece !== "" && textWidth(face, piece + character, measure.size) > measure.maxWidth) {
      pieces.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...pieces, piece];
}

/** The same for a sentence of two weights: each line is the runs that stand on it. */
export function wrapRuns(typeface: Typeface, runs: readonly Run[], measure: Measure): Line[] {
  const lines: Line[] = [[]];
  let width = 0;
  for (const word of splitWords(typeface, runs, measure)) {
    const face = typeface[word.weight];
    const wordWidth = textWidth(face, word.text, measure.size);
    const isSpace = word.text === " ";
    if (width + wordWidth > measure.maxWidth && !isSpace && width > 0) {
      lines.push([]);
      width = 0;
    }
    if (isSpace && width === 0) continue;
    lines.at(-1)?.push(word);
    width += wordWidth;
  }
  return lines.map(joinRuns);
}

function splitWords(typeface: Typeface, runs: readonly Run[], measure: Measure): Run[] {
  return runs.flatMap((run) =>
    run.text
      .split(/( )/)
      .filter((part) => part !== "")
      .flatMap((part) => breakWord(typeface[run.weight], part, measure))
      .map((text) => ({ text, weight: run.weight })),
  );
}

function joinRuns(words: Line): Line {
  const line: Line = [];
  for (const word of words) {
    const last = line.at(-1);
    if (last?.weight === word.weight) last.text += word.text;
    else line.push({ ...word });
  }
  return line;
}
