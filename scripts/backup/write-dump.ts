import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { ClientBase } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { type DumpedSequence, type DumpHeader, END_OF_ROWS } from "./dump-format.ts";

/** The rows of a table that go into the dump, `where` being SQL without what a user wrote; absent: all. */
export type DumpPart = { client: ClientBase; table: string; columns: string[]; where?: string | undefined };

export type Dump = { header: DumpHeader; parts: readonly DumpPart[]; sequences: readonly DumpedSequence[] };

/**
 * Writes a dump, a piece at a time; returns its rows by table. The file is there when it is whole, or not at all. Only its
 * owner may read it: it holds what the database holds.
 */
export async function writeDump(file: string, dump: Dump): Promise<Record<string, number>> {
  const unfinished = `${file}.part`;
  const rows: Record<string, number> = {};
  try {
    await pipeline(
      Readable.from(contents(dump, rows)),
      createGzip({ level: 6 }),
      createWriteStream(unfinished, { mode: 0o600 }),
    );
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return rows;
}

async function* contents({ header, parts, sequences }: Dump, rows: Record<string, number>) {
  yield line(header);
  for (const part of parts) {
    yield line({ table: part.table, columns: part.columns });
    const copied = part.client.query(copyTo(copyStatement(part)));
    yield* copied as AsyncIterable<Buffer>;
    yield Buffer.from(`${END_OF_ROWS}\n`);
    rows[part.table] = copied.rowCount ?? 0;
  }
  yield line({ end: true, rows, sequences });
}

function copyStatement({ table, columns, where }: DumpPart): string {
  const names = columns.map((column) => `"${column}"`).join(", ");
  return `COPY (SELECT ${names} FROM ${table}${where === undefined ? "" : ` WHERE ${where}`}) TO STDOUT`;
}

function line(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
