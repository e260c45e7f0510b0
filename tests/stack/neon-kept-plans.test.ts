import { neon, type NeonQueryFunction } from "@neondatabase/serverless";
import type { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase } from "#tests/support/create-database.ts";

let sql: NeonQueryFunction<false, false>;
let client: Client;

beforeAll(async () => {
  const database = await createDatabase();
  sql = neon(database.databaseUrl);
  client = await database.connect();
  await client.query("CREATE TABLE fruit (id int PRIMARY KEY, name text NOT NULL)");
});

afterAll(async () => {
  await client.end();
});

const add = (id: number) => sql`INSERT INTO fruit VALUES (${id}, ${`fruit ${id}`}) RETURNING id`;
const name = (id: number) => sql`SELECT name FROM fruit WHERE id = ${id}`;

test("the same statement answers each caller's own values, one after the other, at once and in a batch", async () => {
  const ids = Array.from({ length: 30 }, (_, i) => i);
  for (const id of ids.slice(0, 10)) expect(await add(id)).toEqual([{ id }]);
  expect(await Promise.all(ids.slice(10, 20).map(add))).toEqual(ids.slice(10, 20).map((id) => [{ id }]));
  expect(await sql.transaction(ids.slice(20).map(add))).toEqual(ids.slice(20).map((id) => [{ id }]));

  expect(await Promise.all(ids.map(name))).toEqual(ids.map((id) => [{ name: `fruit ${id}` }]));
  expect(await name(30)).toEqual([]);
});

test("what comes again is prepared, what comes once is not", async () => {
  const prepared = async () => {
    const rows = await sql`SELECT statement FROM pg_prepared_statements`;
    return rows.map((row) => String(row["statement"]));
  };
  await sql`SELECT 1 AS once`;
  for (let time = 0; time < 3; time += 1) await name(1);
  expect(await prepared()).toContain("SELECT name FROM fruit WHERE id = $1");
  expect(await prepared()).not.toContain("SELECT 1 AS once");
});

test("a statement that fails fails each time, and works again when it can", async () => {
  for (let time = 0; time < 8; time += 1) await expect(add(0)).rejects.toMatchObject({ code: "23505" });
  expect(await add(40)).toEqual([{ id: 40 }]);

  const late = () => sql`SELECT count(*)::int AS n FROM vegetables`;
  for (let time = 0; time < 3; time += 1) await expect(late()).rejects.toMatchObject({ code: "42P01" });
  await client.query("CREATE TABLE vegetables (id int)");
  expect(await late()).toEqual([{ n: 0 }]);
});

test("a kept plan is made anew when what it reads has changed", async () => {
  for (let time = 0; time < 8; time += 1) expect(await name(1)).toEqual([{ name: "fruit 1" }]);
  await client.query("ALTER TABLE fruit DROP CONSTRAINT fruit_pkey");
  expect(await name(1)).toEqual([{ name: "fruit 1" }]);
  await client.query("UPDATE fruit SET name = 'fig' WHERE id = 1");
  expect(await name(1)).toEqual([{ name: "fig" }]);
});
