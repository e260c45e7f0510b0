import type { TestDatabase } from "#tests/support/create-database.ts";

/**
 * Runs statements in a transaction of their own, takes back what they did, and says how many there
 * were. Throws when Postgres refuses one.
 */
export async function runStatements(database: TestDatabase, code: string): Promise<number> {
  const client = await database.connect();
  try {
    await client.query("begin");
    return [await client.query(code)].flat().length;
  } finally {
    await client.query("rollback");
    await client.end();
  }
}
