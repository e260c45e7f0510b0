import type { ClientBase } from "pg";
import { listApplied } from "./applied-migrations.ts";
import { DUMP_VERSION } from "./dump-format.ts";
import { inSnapshot } from "./in-snapshot.ts";
import { listPartitions } from "./partitions.ts";
import { listSequences } from "./sequences.ts";
import { listTables } from "./tables.ts";
import { writeDump } from "./write-dump.ts";

/**
 * Writes all that a database holds into a file, as it is at one instant, a piece at a time. Returns the rows by table.
 * Throws, and leaves no file, when it cannot be read or written.
 */
export async function backUp(client: ClientBase, file: string, at: Date): Promise<Record<string, number>> {
  return await inSnapshot(client, async () => {
    const tables = await listTables(client);
    if (tables.length === 0) throw new Error("Cannot back up: the database holds nothing of Waymark");
    return await writeDump(file, {
      header: {
        waymark: "database",
        version: DUMP_VERSION,
        takenAt: at.toISOString(),
        migrations: await listApplied(client),
        partitions: await listPartitions(client),
      },
      parts: tables.map(({ name, columns }) => ({ client, table: name, columns })),
      sequences: await listSequences(client),
    });
  });
}
