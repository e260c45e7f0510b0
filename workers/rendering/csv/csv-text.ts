import { BYTE_ORDER_MARK, csvLine, type CsvCell } from "#core/text/csv-line.ts";

/** UTF-8 with a byte order mark; lines end in CR LF. */
export function csvBytes(header: readonly string[], rows: Iterable<readonly CsvCell[]>): Uint8Array {
  let text = BYTE_ORDER_MARK + csvLine(header);
  for (const row of rows) text += csvLine(row);
  return new TextEncoder().encode(text);
}
