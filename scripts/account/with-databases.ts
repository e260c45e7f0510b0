import { Client } from "pg";
import type { OpenDatabase } from "./export-account.ts";

/** Connects to the databases of these addresses for as long as `run` takes. */
export async function withDatabases(
  urls: ReadonlyMap<string, string>,
  run: (open: OpenDatabase) => Promise<void>,
): Promise<void> {
  const clients = new Map([...urls].map(([name, url]) => [name, new Client({ connectionString: url })]));
  try {
    await Promise.all([...clients.values()].map(async (client) => await client.connect()));
    await run((name) => clients.get(name) ?? null);
  } finally {
    await Promise.all([...clients.values()].map(async (client) => await client.end()));
  }
}
