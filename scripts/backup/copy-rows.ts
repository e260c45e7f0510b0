import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { DumpedTable } from "./dump-format.ts";

/** Stores rows of a dump into the table that `into` names, constraints checked as for any other row; returns how many. */
export async function copyRows(
  client: ClientBase,
  { into, columns }: { into: string; columns: DumpedTable["columns"] },
  rows: AsyncIterable<Buffer>,
): Promise<number> {
  const names = columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(", ");
  const copied = client.query(copyFrom(`COPY ${into} (${names}) FROM STDIN`));
  await pipeline(Readable.from(rows), copied);
  return copied.rowCount ?? 0;
}
