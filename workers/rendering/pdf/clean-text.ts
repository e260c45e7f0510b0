import { extraFor } from "./typeface.ts";
import type { Typeface } from "./typeface.ts";

const REPLACEMENT = "□";
const PLAIN_ASCII = /^[\x20-\x7e]*$/;
/** Characters that only steer shaping: joiners, variation selectors, direction marks, soft hyphen, BOM. */
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]$/u;
/** Between letters of a laid-out font they decide whether these join. */
const JOINERS = new Set(["\u200c", "\u200d"]);
const CONTROL = /^[\p{Cc}\u2028\u2029]$/u;
const SPACING_CONTROL = /^[\t\n\v\f\r\u0085\u2028\u2029]$/;
const BLANK = /^\p{Zs}$/u;
const NO_BREAK_SPACE = "\u00a0";
/** Written with the glyph of another character that looks the same. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ["\u02bc", "’"],
  ["\u2206", "Δ"],
]);

/**
 * The text as the fonts can write it: characters they lack become "□" and are remembered, control characters go, what
 * only steers shaping goes without a word. Cleaning twice changes nothing.
 */
export function cleanForFont(typeface: Typeface, text: string): string {
  if (PLAIN_ASCII.test(text)) return text;
  const known = typeface.cleaned.get(text);
  if (known !== undefined) return known;
  let clean = "";
  let before = "";
  for (const character of text.normalize("NFC")) {
    const written = cleanCharacter(typeface, character, before);
    clean += written;
    before = written === "" ? before : written;
  }
  typeface.cleaned.set(text, clean);
  return clean;
}

function cleanCharacter(typeface: Typeface, character: string, before: string): string {
  if (CONTROL.test(character)) return SPACING_CONTROL.test(character) ? " " : "";
  if (JOINERS.has(character)) return isOfExtra(typeface, before) ? character : "";
  if (INVISIBLE.test(character)) return "";
  const written = LOOKALIKES.get(character) ?? character;
  if (isWritable(typeface, written)) return written;
  if (BLANK.test(character)) return NO_BREAK_SPACE;
  const codePoint = written.codePointAt(0) ?? 0;
  typeface.replaced.add(`U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`);
  return REPLACEMENT;
}

function isWritable({ characters, extras }: Typeface, character: string): boolean {
  const codePoint = character.codePointAt(0) ?? 0;
  return characters.has(codePoint) || extraFor(extras, codePoint) !== null;
}

function isOfExtra(typeface: Typeface, character: string): boolean {
  if (character === "") return false;
  return !typeface.characters.has(character.codePointAt(0) ?? 0) && isWritable(typeface, character);
}
