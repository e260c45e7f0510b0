import { neon, neonConfig } from "@neondatabase/serverless";
import { drizzle } from "drizzle-orm/neon-http";
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import type { Database } from "#db/database.ts";
import { neonWithin } from "./neon-within.ts";
import { TEMPLATE_DATABASE } from "./test-stack.ts";

export type TestDatabase = {
  databaseUrl: string;
  /** The database as production reaches it: Drizzle over Neon's HTTP protocol. */
  db: Database;
  /** The same database over an ordinary connection, for EXPLAIN, COPY and what a test must look at by itself. */
  connect(): Promise<Client>;
};

/** A fresh database with all migrations applied. It ends with the test run: nothing has to be cleaned up. */
export async function createDatabase(): Promise<TestDatabase> {
  return await createFrom(TEMPLATE_DATABASE);
}

/** A database in which there is nothing, for tests of migrations and of restoring. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return await createFrom("template1");
}

async function createFrom(template: string): Promise<TestDatabase> {
  const { adminUrl, neonEndpoint, postgresPort } = inject("stack");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await administer(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);

  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  neonConfig.fetchEndpoint = neonEndpoint;
  // What tests the endpoint itself, and what runs in workerd, reaches it by HTTP.
  if (inject("neonWithin")) neonConfig.fetchFunction = neonWithin(postgresPort);
  return {
    databaseUrl: url.href,
    db: drizzle({ client: neon(url.href) }),
    async connect() {
      const client = new Client({ connectionString: url.href });
      await client.connect();
      return client;
    },
  };
}

async function administer(adminUrl: string, statement: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
