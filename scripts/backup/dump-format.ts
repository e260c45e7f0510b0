/**
 * A dump is one gzipped text: a line of JSON that says what it is, then for each table a line of JSON, its rows as
 * Postgres's COPY writes them and a line `\.`, and at the end a line of JSON that counts the rows. So it can be read and
 * mended with common tools, and one that was cut off or changed is told from a whole one.
 */
export const DUMP_VERSION = 1;
export const END_OF_ROWS = "\\.";

export type DumpedPartition = { parent: string; name: string; bound: string };

export type DumpHeader = {
  waymark: "database" | "account";
  version: typeof DUMP_VERSION;
  takenAt: string;
  /** Those applied where it was taken, in their order. */
  migrations: { name: string; hash: string }[];
  partitions: DumpedPartition[];
  /** Of an account only. */
  account?: { id: number; publicId: string; name: string } | undefined;
};

export type DumpedTable = { table: string; columns: string[] };

export type DumpedSequence = { name: string; lastValue: string; isCalled: boolean };

export type DumpFooter = { end: true; rows: Record<string, number>; sequences: DumpedSequence[] };

/** What was taken, by the line that a dump begins with. Throws when it is none, or of a version that is not known. */
export function parseHeader(line: string): DumpHeader {
  const header = parseJson(line) as Partial<DumpHeader> | null;
  if (header?.waymark !== "database" && header?.waymark !== "account") throw new Error("it is no dump");
  if (header.version !== DUMP_VERSION) throw new Error(`its format ${header.version} is not known here`);
  return header as DumpHeader;
}

export function parseTable(line: string): DumpedTable | DumpFooter {
  const parsed = parseJson(line) as Partial<DumpedTable & DumpFooter> | null;
  if (parsed?.end === true) return parsed as DumpFooter;
  if (typeof parsed?.table !== "string" || !Array.isArray(parsed.columns)) {
    throw new Error("something stands where a table should begin");
  }
  return parsed as DumpedTable;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
