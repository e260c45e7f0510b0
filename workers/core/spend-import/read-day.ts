import { isDay } from "#core/time/site-day.ts";

/** Which comes first in 03/04/2026. */
export type DayOrder = "dmy" | "mdy";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const NUMERIC = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})$/;

/**
 * The day that a cell names, `YYYY-MM-DD`; null when it names none. Reads 2026-03-09 (also with a time behind it),
 * 2026/3/9, 20260309, 9.3.2026, 9/3/26, 9 March 2026, Mar 9, 2026. A year of two digits is of this century.
 */
export function readDay(text: string, order: DayOrder): string | null {
  const plain = text.trim();
  const iso = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:[T ].*)?$/.exec(plain);
  if (iso) return dayOf(iso[1], iso[2], iso[3]);
  const numeric = NUMERIC.exec(plain);
  if (numeric) {
    const [, first, , second, year] = numeric;
    return order === "dmy" ? dayOf(year, second, first) : dayOf(year, first, second);
  }
  const dayFirst = /^(\d{1,2})\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})$/i.exec(plain);
  if (dayFirst) return dayOf(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1]);
  const monthFirst = /^([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})$/i.exec(plain);
  return monthFirst ? dayOf(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2]) : null;
}

/**
 * Whether a column of days is written day first or month first: a number above 12 decides; dots are always day first.
 * `fallback` where nothing does.
 */
export function guessDayOrder(cells: readonly string[], fallback: DayOrder): DayOrder {
  for (const cell of cells) {
    const match = NUMERIC.exec(cell.trim());
    if (!match) continue;
    if (match[2] === "." || Number(match[1]) > 12) return "dmy";
    if (Number(match[3]) > 12) return "mdy";
  }
  return fallback;
}

function dayOf(year = "", month = "", day = ""): string | null {
  const text = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(text) ? text : null;
}

function monthOf(word = ""): string {
  return String(MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1);
}
