import { neon, neonConfig } from "@neondatabase/serverless";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";

let database: TestDatabase;
let sql: ReturnType<typeof neon<false, false>>;

beforeAll(async () => {
  database = await createDatabase();
  neonConfig.fetchEndpoint = inject("stack").neonEndpoint;
  sql = neon(database.databaseUrl);
  await sql`CREATE TABLE fruit (id int PRIMARY KEY, name text NOT NULL UNIQUE)`;
});

describe("single statements", () => {
  test("gives rows as objects", async () => {
    expect(await sql`SELECT 1 AS one, ${"two"}::text AS two, NULL AS three`).toEqual([
      { one: 1, two: "two", three: null },
    ]);
  });
});
