import { isDay } from "#core/time/site-day.ts";
import { parseRate, RATE_BASE, type DailyRate } from "./exchange-rate.ts";

export type RatesFault = { line: number; fault: "no_day" | "no_currency" | "no_rate" | "unknown_format" };
export type ParsedRates = { rates: DailyRate[]; faults: RatesFault[] };

const CURRENCY = /^[A-Z]{3}$/;

/**
 * Rates of a file, units for one euro: the ECB's XML (`eurofxref-daily.xml`, `-hist.xml`, `-hist-90d.xml`), its wide CSV
 * (`Date,USD,JPY,…`; `N/A` is no rate), or plain lines `date,currency,rate`. What is wrong is told by its line; a rate
 * to the euro itself is left out, because it needs none.
 */
export function parseRatesFile(text: string, source: string): ParsedRates {
  const parsed = text.trimStart().startsWith("<") ? parseXml(text, source) : parseCsv(text, source);
  return { ...parsed, rates: parsed.rates.filter(({ currency }) => currency !== RATE_BASE) };
}

/** The ECB writes a `Cube` a day with a `Cube` a currency in it. */
function parseXml(text: string, source: string): ParsedRates {
  const rates: DailyRate[] = [];
  const faults: RatesFault[] = [];
  let day: string | null = null;
  for (const match of text.matchAll(/<Cube\s+([^>]*?)\/?>/g)) {
    const attributes = match[1] ?? "";
    day = attributeOf(attributes, "time") ?? day;
    const currency = attributeOf(attributes, "currency");
    if (currency === null) continue;
    const rate = attributeOf(attributes, "rate") ?? "";
    const row = { day: day ?? "", currency, rate, source };
    const fault = faultOf(row);
    if (fault === null) rates.push(row);
    else faults.push({ line: lineOf(text, match.index), fault });
  }
  if (rates.length === 0 && faults.length === 0) faults.push({ line: 1, fault: "unknown_format" });
  return { rates, faults };
}

function attributeOf(attributes: string, name: string): string | null {
  return new RegExp(`\\b${name}=["']([^"']*)["']`).exec(attributes)?.[1] ?? null;
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}

function parseCsv(text: string, source: string): ParsedRates {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .map((line) => line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1")));
  const header = (lines[0] ?? []).map((cell) => cell.toLowerCase());
  if (header[0] !== "date") return { rates: [], faults: [{ line: 1, fault: "unknown_format" }] };
  const isPlain = header[1] === "currency" && header[2] === "rate";
  const rows = lines.slice(1).flatMap((cells, index) => {
    if (cells.every((cell) => cell === "")) return [];
    const line = index + 2;
    return isPlain
      ? [{ line, row: plainRow(cells, source) }]
      : wideRows(cells, lines[0] ?? [], { line, source });
  });
  const judged = rows.map(({ line, row }) => ({ line, row, fault: faultOf(row) }));
  return {
    rates: judged.filter(({ fault }) => fault === null).map(({ row }) => row),
    faults: judged.flatMap(({ line, fault }) => (fault === null ? [] : [{ line, fault }])),
  };
}

function plainRow([day = "", currency = "", rate = ""]: readonly string[], source: string): DailyRate {
  return { day, currency, rate, source };
}

/** The ECB ends each line with a comma: a column without a name is none. */
function wideRows(
  cells: readonly string[],
  header: readonly string[],
  { line, source }: { line: number; source: string },
): { line: number; row: DailyRate }[] {
  const day = cells[0] ?? "";
  return header.flatMap((currency, column) => {
    const rate = cells[column] ?? "";
    const isAbsent = column === 0 || currency === "" || rate === "" || rate === "N/A";
    return isAbsent ? [] : [{ line, row: { day, currency, rate, source } }];
  });
}

function faultOf({ day, currency, rate }: DailyRate): RatesFault["fault"] | null {
  if (!isDay(day)) return "no_day";
  if (!CURRENCY.test(currency)) return "no_currency";
  return parseRate(rate) === null ? "no_rate" : null;
}
