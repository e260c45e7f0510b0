import { tmpdir } from "node:os";
import { join } from "node:path";
import { rm } from "node:fs/promises";
import type { Client } from "pg";
import { timedMs } from "./bench-result.ts";

/**
 * How long a raw COPY takes that writes all rows of a site, as they stand in `from`, into the same tables with the same
 * indexes of `to`, in one transaction: no way into Postgres is quicker.
 */
export async function copyRowsMs(from: Client, to: Client, siteId: number): Promise<number> {
  const tables = await tablesOfSites(from);
  const files = new Map(
    tables.map((table) => [table, join(tmpdir(), `waymark-bench-${process.pid}-${table}`)]),
  );
  for (const [table, file] of files) {
    await from.query(`copy (select * from site.${table} where site_id = ${siteId}) to '${file}'`);
  }
  const copies = [...files].map(([table, file]) => `copy site.${table} from '${file}'`);
  const ms = await timedMs(async () => await to.query(`begin; ${copies.join("; ")}; commit`));
  await Promise.all([...files.values()].map(async (file) => await rm(file, { force: true })));
  return ms;
}

/** Every table whose rows belong to a site; partitions are reached through their parent. */
async function tablesOfSites(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'site_id'
     where c.relnamespace = 'site'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  return rows.map(({ name }) => name);
}
