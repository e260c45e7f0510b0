import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

/** What is wrong with what a person handed in, in words for them. */
export class InputError extends Error {}

/** A row by its column names, and where it stands: the header is line 1. */
export type CsvRow = { line: number; cells: Record<string, string> };

/** One cell: in quotes, in which a quote is doubled, or bare. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;

/**
 * The rows of a CSV file, line by line, so that a file may be of any length. The columns may stand in any order among
 * others. Throws an `InputError` with the line for a missing column, a missing cell or a quote that is not closed.
 */
export async function* csvRows(file: string, columns: readonly string[]): AsyncGenerator<CsvRow> {
  let line = 0;
  let places: { column: string; place: number }[] = [];
  for await (const text of linesOf(file)) {
    line += 1;
    if (line > 1 && text.trim() === "") continue;
    const values = splitLine(line === 1 ? text.replace(/^\uFEFF/u, "") : text);
    if (values === null)
      throw new InputError(`${file}, line ${line}: a quote is not closed or stands amid text`);
    if (line === 1) places = placesOf(columns, values, file);
    else yield { line, cells: cellsOf(places, values, `${file}, line ${line}`) };
  }
  if (line === 0) throw new InputError(`${file} is empty: line 1 should name ${columns.join(", ")}`);
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const input = createReadStream(file, "utf8");
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    throw new InputError(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function splitLine(text: string): string[] | null {
  const cells: string[] = [];
  CELL.lastIndex = 0;
  for (;;) {
    const match = CELL.exec(text);
    if (!match) return null;
    const [, quoted, bare = "", end] = match;
    cells.push(quoted === undefined ? bare.trim() : quoted.replaceAll('""', '"'));
    if (end !== ",") return cells;
  }
}

function placesOf(columns: readonly string[], header: readonly string[], file: string) {
  const places = columns.map((column) => ({ column, place: header.indexOf(column) }));
  const missing = places.filter(({ place }) => place === -1).map(({ column }) => column);
  if (missing.length > 0)
    throw new InputError(
      `${file}, line 1: there is no column ${missing.join(", ")}; expected ${columns.join(", ")}`,
    );
  return places;
}

function cellsOf(
  places: readonly { column: string; place: number }[],
  values: readonly string[],
  where: string,
) {
  return Object.fromEntries(
    places.map(({ column, place }) => {
      const value = values[place];
      if (value === undefined) throw new InputError(`${where}: the column ${column} is missing`);
      return [column, value];
    }),
  );
}
