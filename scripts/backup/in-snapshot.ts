import type { ClientBase } from "pg";

/** Runs what only reads, all of it as the database is at this instant, whatever is written meanwhile. */
export async function inSnapshot<T>(client: ClientBase, read: () => Promise<T>): Promise<T> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  try {
    // What COPY writes must not depend on how a server is set.
    await client.query(
      "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL extra_float_digits = 1",
    );
    return await read();
  } finally {
    await client.query("ROLLBACK");
  }
}

/** Runs what writes in one transaction: all of it, or nothing. */
export async function inTransaction<T>(client: ClientBase, write: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    const result = await write();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
