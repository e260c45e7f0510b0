import { drizzle } from "drizzle-orm/node-postgres";
import { Client } from "pg";
import type { Database } from "#db/database.ts";

/** Runs queries of `control` over an ordinary connection, as a command does that has no Neon before it. */
export async function withControl(
  databaseUrl: string,
  run: (control: Database) => Promise<void>,
): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // The queries send one statement at a time, which every driver of Drizzle answers alike.
    await run(drizzle({ client }) as unknown as Database);
  } finally {
    await client.end();
  }
}
