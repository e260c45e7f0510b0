import { neon, neonConfig } from "@neondatabase/serverless";
import { drizzle } from "drizzle-orm/neon-http";
import { Client } from "pg";
import type { Database } from "#db/database.ts";
import { startTestStack, TEMPLATE_DATABASE } from "#tests/support/test-stack.ts";
import { fillDictionaries } from "./fill-traffic.ts";

export type TrafficDatabase = { db: Database; client: Client; siteId: number; stop: () => Promise<void> };

/** A migrated database with one site and its dictionaries, as production reaches it and by an ordinary connection. */
export async function startTrafficDatabase(): Promise<TrafficDatabase> {
  const stack = await startTestStack();
  const { adminUrl, neonEndpoint } = stack.addresses;
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create database traffic template ${TEMPLATE_DATABASE}`);
  await admin.end();
  const url = new URL(adminUrl);
  url.pathname = "/traffic";
  neonConfig.fetchEndpoint = neonEndpoint;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  const siteId = 1;
  await fillDictionaries(client, siteId);
  return {
    db: drizzle({ client: neon(url.href) }),
    client,
    siteId,
    stop: async () => {
      await client.end();
      await stack.stop();
    },
  };
}

/** The middle one of some figures. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
