import type { DumpHeader } from "./dump-format.ts";
import { readDump } from "./dump-reader.ts";

const LINE_END = 10;

/** Reads a dump through and counts its rows. Throws when it is broken, cut off, or not what its last line says. */
export async function verifyDump(file: string): Promise<{ header: DumpHeader; rows: number }> {
  let header: DumpHeader | undefined;
  const counted: Record<string, number> = {};
  await readDump(file, {
    header: (read) => {
      header = read;
    },
    table: async ({ table }, rows) => {
      let count = 0;
      for await (const piece of rows) count += linesIn(piece);
      counted[table] = count;
    },
    footer: (footer) => {
      for (const table of new Set([...Object.keys(counted), ...Object.keys(footer.rows)])) {
        if (counted[table] === footer.rows[table]) continue;
        throw new Error(`${table} has ${counted[table] ?? 0} rows instead of ${footer.rows[table] ?? 0}`);
      }
    },
  });
  if (header === undefined) throw new Error(`Cannot read ${file}: it is no dump`);
  return { header, rows: Object.values(counted).reduce((sum, count) => sum + count, 0) };
}

function linesIn(piece: Buffer): number {
  let lines = 0;
  for (let at = piece.indexOf(LINE_END); at >= 0; at = piece.indexOf(LINE_END, at + 1)) lines += 1;
  return lines;
}
