import { BYTE_ORDER_MARK, csvLine, type CsvCell } from "#core/text/csv-line.ts";
import { utf8 } from "#rendering/format/utf8.ts";

/** A table with one header line. */
export type CsvTable = { header: readonly string[]; rows: Iterable<readonly CsvCell[]> };

/** Long enough that packing it piece by piece costs nothing, short enough to be no burden. */
const PIECE_CHARACTERS = 64 * 1024;

/** UTF-8 with a byte order mark, piece by piece; lines end in CR LF. */
export function* csvPieces({ header, rows }: CsvTable): Generator<Uint8Array<ArrayBuffer>> {
  let text = BYTE_ORDER_MARK + csvLine(header);
  for (const row of rows) {
    text += csvLine(row);
    if (text.length < PIECE_CHARACTERS) continue;
    yield utf8(text);
    text = "";
  }
  yield utf8(text);
}

/** The same in one piece. */
export function csvBytes(table: CsvTable): Uint8Array<ArrayBuffer> {
  const pieces = [...csvPieces(table)];
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
