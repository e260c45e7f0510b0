import { cleanText } from "#core/text/clean-text.ts";
import type { Sheet } from "./sheet.ts";

/** Excel's bound. */
const MAX_CHARACTERS = 31;
const FORBIDDEN = /[[\]:*?/\\]/g;

/** The sheets under names that Excel takes: short enough, without the characters it forbids, no two alike. */
export function sheetNames(sheets: readonly Sheet[]): Sheet[] {
  const taken = new Set<string>();
  return sheets.map((sheet) => {
    const name = freeName(sheet.name, taken);
    taken.add(name.toLowerCase());
    return { ...sheet, name };
  });
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const plain =
    wanted
      .replace(FORBIDDEN, " ")
      .replace(/^'+|'+$/g, "")
      .trim() || "Sheet";
  for (let copy = 1; ; copy += 1) {
    const ending = copy === 1 ? "" : ` ${copy}`;
    const name = `${shortened(plain, MAX_CHARACTERS - ending.length)}${ending}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

function shortened(name: string, length: number): string {
  return name.length <= length ? name : `${cleanText(name.slice(0, length - 1)).trimEnd()}…`;
}
