/** A number is written as it is; text is quoted where RFC 4180 asks, and never read as a formula. */
export type CsvCell = string | number | null | Decimal;

/** A number too exact for a double, as its digits. */
export type Decimal = { decimal: `${number}` };

const BYTE_ORDER_MARK = "\uFEFF";
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** UTF-8 with a byte order mark, which Excel needs to see that it is UTF-8; lines end in CR LF. */
export function csvBytes(header: readonly string[], rows: Iterable<readonly CsvCell[]>): Uint8Array {
  let text = BYTE_ORDER_MARK + csvLine(header);
  for (const row of rows) text += csvLine(row);
  return new TextEncoder().encode(text);
}

function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "object") return cell.decimal;
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
