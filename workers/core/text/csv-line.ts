/** A number is written as it is; text is quoted where RFC 4180 asks, and never read as a formula. */
export type CsvCell = string | number | null | Decimal;

/** A number too exact for a double, as its digits. */
export type Decimal = { decimal: `${number}` };

/** Excel needs it to see that a file is UTF-8. */
export const BYTE_ORDER_MARK = "\uFEFF";

const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** A line of a CSV file (RFC 4180), its end included. Text that a spreadsheet would run as a formula begins with '. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "object") return cell.decimal;
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
