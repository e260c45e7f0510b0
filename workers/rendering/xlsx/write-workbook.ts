import { utf8 } from "#rendering/format/utf8.ts";

import { writeZip } from "#rendering/zip/write-zip.ts";
import type { ZipEntry } from "#rendering/zip/write-zip.ts";

import { sharedStrings } from "./shared-strings.ts";
import type { Sheet } from "./sheet.ts";
import { sheetDataPieces } from "./sheet-data.ts";
import type { SheetDataDeps } from "./sheet-data.ts";
import { STRINGS_PATH, workbookFrame } from "./workbook-frame.ts";
import type { WorkbookFacts, WorkbookFrame } from "./workbook-frame.ts";

/**
 * A workbook (Office Open XML) of one table a sheet. Rows are asked for one by one, and only their packed form is ever
 * whole in memory: 100,000 rows are 4 MB of it.
 */
export async function writeWorkbook(
  sheets: readonly Sheet[],
  facts: WorkbookFacts,
): Promise<Uint8Array<ArrayBuffer>> {
  const frame = await workbookFrame(sheets, facts);
  const strings = sharedStrings();
  const deps: SheetDataDeps = { styleOf: frame.styleOf, strings, currency: facts.currency };
  const entries: ZipEntry[] = [
    ...[...frame.parts].map(([path, bytes]) => ({ path, content: [bytes] })),
    ...sheets.map((sheet, index) => sheetEntry(sheet, frame.sheets[index], deps)),
    // Last, because they are known when every row has been written.
    { path: STRINGS_PATH, content: strings.pieces() },
  ];
  return await writeZip(entries);
}

function sheetEntry(
  sheet: Sheet,
  frame: WorkbookFrame["sheets"][number] | undefined,
  deps: SheetDataDeps,
): ZipEntry {
  if (frame === undefined) throw new Error(`Cannot find the sheet ${sheet.name} in the workbook`);
  return { path: frame.path, content: sheetPieces(sheet, frame, deps) };
}

function* sheetPieces(
  sheet: Sheet,
  { head, tail }: WorkbookFrame["sheets"][number],
  deps: SheetDataDeps,
): Generator<Uint8Array<ArrayBuffer>> {
  yield utf8(head);
  yield* sheetDataPieces(sheet, deps);
  yield utf8(tail);
}
