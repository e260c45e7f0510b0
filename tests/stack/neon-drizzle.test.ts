import { DrizzleQueryError, eq, sql } from "drizzle-orm";
import { bigint, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { beforeAll, expect, test } from "vitest";
import { behindPlainEndpoint } from "./plain-endpoint.ts";

const fruit = pgTable("fruit", {
  id: bigint({ mode: "number" }).primaryKey(),
  name: text().notNull(),
  facts: jsonb(),
  pickedAt: timestamp("picked_at", { withTimezone: true, precision: 3 }),
});

const plain = behindPlainEndpoint();

beforeAll(async () => {
  await plain.database.db.execute(
    sql`CREATE TABLE fruit (id int8 PRIMARY KEY, name text NOT NULL, facts jsonb, picked_at timestamptz(3))`,
  );
});

test("inserts and selects typed rows", async () => {
  const pickedAt = new Date("2026-03-29T01:30:00.123Z");
  const row = { id: 2 ** 53 - 1, name: "fig", facts: { sweet: true }, pickedAt };
  expect(await plain.database.db.insert(fruit).values(row).returning()).toEqual([row]);
  expect(await plain.database.db.select().from(fruit).where(eq(fruit.name, "fig"))).toEqual([row]);
});

test("a batch gives each statement its rows", async () => {
  const { db } = plain.database;
  const [inserted, selected] = await db.batch([
    db.insert(fruit).values({ id: 1, name: "apple" }).returning({ id: fruit.id }),
    db.select({ name: fruit.name }).from(fruit).where(eq(fruit.id, 1)),
  ]);
  expect(inserted).toEqual([{ id: 1 }]);
  expect(selected).toEqual([{ name: "apple" }]);
});

test("a batch that fails leaves nothing, and its error has Postgres' code", async () => {
  const { db } = plain.database;
  const failing = db.batch([
    db.insert(fruit).values({ id: 3, name: "kiwi" }),
    db.insert(fruit).values({ id: 3, name: "again" }),
  ]);
  await expect(failing).rejects.toMatchObject({ code: "23505" });
  expect(await db.select().from(fruit).where(eq(fruit.id, 3))).toEqual([]);
});

test("a single statement that fails carries Postgres' error as its cause", async () => {
  const failing = plain.database.db.execute(sql`SELECT no_such_column`);
  await expect(failing).rejects.toBeInstanceOf(DrizzleQueryError);
  await expect(failing).rejects.toMatchObject({ cause: { code: "42703" } });
});
