import { neon, neonConfig } from "@neondatabase/serverless";
import { drizzle } from "drizzle-orm/neon-http";
import { join } from "node:path";
import { Client } from "pg";
import type { Database } from "#db/database.ts";
import { applyMigrations } from "#scripts/migrations/apply-migrations.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { startTestStack, TEMPLATE_DATABASE } from "#tests/support/test-stack.ts";

/** A migrated database of its own, as production reaches it and by an ordinary connection. */
export type BenchDatabase = { db: Database; client: Client; stop: () => Promise<void> };

export async function startBenchDatabase(): Promise<BenchDatabase> {
  const stack = await startTestStack();
  const { adminUrl, neonEndpoint } = stack.addresses;
  await query(adminUrl, `CREATE DATABASE bench TEMPLATE ${TEMPLATE_DATABASE}`);
  const url = databaseOf(adminUrl, "bench");
  neonConfig.fetchEndpoint = neonEndpoint;
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    db: drizzle({ client: neon(url) }),
    client,
    async stop() {
      await client.end();
      await stack.stop();
    },
  };
}

/** An empty database beside this one, with the same tables and indexes. */
export async function createEmptyDatabase(databaseUrl: string, name: string): Promise<Client> {
  await query(databaseUrl, `DROP DATABASE IF EXISTS ${name}`);
  await query(databaseUrl, `CREATE DATABASE ${name}`);
  const client = new Client({ connectionString: databaseOf(databaseUrl, name) });
  await client.connect();
  await applyMigrations(client, join(projectFolder, "db", "migrations"));
  return client;
}

async function query(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function databaseOf(connectionString: string, name: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  return url.href;
}
