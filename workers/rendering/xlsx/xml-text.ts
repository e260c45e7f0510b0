import { cleanText } from "#core/text/clean-text.ts";

/** Excel refuses a longer one. */
const MAX_CELL_CHARACTERS = 32_767;
const SPECIAL = /[&<>_\p{Cc}\p{Cs}\ufffe\uffff]/u;
const ILLEGAL = /[^\P{Cc}\t\n]|[\ufffe\uffff]/gu;
/** Excel reads `_x0041_` as the character of that number, so one that is meant as it stands gets its first stroke spelled out. */
const LOOKS_LIKE_AN_ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** Text as it stands between two tags of a workbook. */
export function xmlText(text: string): string {
  const short = text.length > MAX_CELL_CHARACTERS ? `${text.slice(0, MAX_CELL_CHARACTERS - 1)}…` : text;
  if (!SPECIAL.test(short)) return short;
  return cleanText(short)
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(ILLEGAL, "\u{FFFD}")
    .replaceAll(LOOKS_LIKE_AN_ESCAPE, "_x005F_")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
