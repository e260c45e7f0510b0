import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyMigrations, DestructiveMigration } from "#scripts/migrations/apply-migrations.ts";
import { createEmptyDatabase, type TestDatabase } from "#tests/support/create-database.ts";

let folder: string;
let database: TestDatabase;
let client: Client;
let other: Client;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-migrations-"));
  database = await createEmptyDatabase();
  client = await database.connect();
  other = await database.connect();
  await write(
    "0001_create_fruit.sql",
    "CREATE TABLE fruit (id int);\n--> statement-breakpoint\nINSERT INTO fruit VALUES (1);",
  );
  await applyMigrations(client, folder);
});

afterEach(async () => {
  await Promise.all([client.end(), other.end()]);
  await rm(folder, { recursive: true });
});

async function write(name: string, text: string): Promise<void> {
  await writeFile(join(folder, name), text);
}

async function appliedCount(): Promise<number> {
  const { rows } = await other.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM public.schema_migrations",
  );
  return rows[0]?.n ?? 0;
}

test("a destructive step is refused before anything is run, and runs when it is allowed", async () => {
  await write("0002_add_taste.sql", "ALTER TABLE fruit ADD COLUMN taste text;");
  await write("0003_drop_id.sql", "ALTER TABLE fruit DROP COLUMN id;");

  const refused = applyMigrations(client, folder);
  await expect(refused).rejects.toBeInstanceOf(DestructiveMigration);
  await expect(refused).rejects.toThrow("0003_drop_id.sql: drops the column public.fruit.id");
  expect(await appliedCount()).toBe(1);

  expect(await applyMigrations(client, folder, { allowDestructive: true })).toHaveLength(2);
  expect((await other.query("SELECT * FROM fruit")).rows).toEqual([{ taste: null }]);
});

test("waits for a lock only briefly, lets others through, and succeeds once it is free", async () => {
  await write("0002_add_taste.sql", "ALTER TABLE fruit ADD COLUMN taste text;");
  await other.query("BEGIN; SELECT * FROM fruit");
  const migrated = applyMigrations(client, folder, { lockTimeoutMs: 40 });
  const writer = await database.connect();

  // The writer queues behind the waiting migration, and gets its turn although the reader still holds its lock.
  for (let id = 2; id < 5; id += 1) await writer.query("INSERT INTO fruit VALUES ($1)", [id]);
  await other.query("COMMIT");

  expect(await migrated).toEqual(["0002_add_taste.sql"]);
  expect((await writer.query("SELECT count(taste)::int AS n, count(*)::int AS all FROM fruit")).rows).toEqual(
    [{ n: 0, all: 4 }],
  );
  await writer.end();
});

test("gives up when a lock is never free, and keeps nothing", async () => {
  await write("0002_add_taste.sql", "ALTER TABLE fruit ADD COLUMN taste text;");
  await other.query("BEGIN; SELECT * FROM fruit");

  await expect(applyMigrations(client, folder, { lockTimeoutMs: 10, tries: 2 })).rejects.toThrow(
    "0002_add_taste.sql failed: others held what it needs, 2 times",
  );
  await other.query("COMMIT");
  expect(await appliedCount()).toBe(1);
  expect((await client.query("SELECT 1 AS still")).rows).toEqual([{ still: 1 }]);
});

test(
  "a file that would hold its locks for too long is ended with nothing kept",
  { tags: ["long"] },
  async () => {
    await write(
      "0002_add_taste.sql",
      ["ALTER TABLE fruit ADD COLUMN taste text", "SELECT pg_sleep(0.2)", "SELECT pg_sleep(0.2)"].join(
        ";\n--> statement-breakpoint\n",
      ),
    );
    await expect(applyMigrations(client, folder, { maxHoldMs: 300 })).rejects.toThrow(
      "0002_add_taste.sql failed: it would hold its locks for more than 300 ms",
    );
    expect(await appliedCount()).toBe(1);
    client = await database.connect();
    expect(await applyMigrations(client, folder, { maxHoldMs: 2000 })).toEqual(["0002_add_taste.sql"]);
  },
);

test("the index of a big table is made concurrently, beside a writer that has not ended", async () => {
  await write("0002_index_fruit.sql", "CREATE UNIQUE INDEX fruit_idx ON fruit (id);");
  await other.query("BEGIN; INSERT INTO fruit VALUES (2)");
  const migrated = applyMigrations(client, folder, { bigTableBytes: 1 });
  // It would wait for the open writer with all others behind it, were it not concurrent.
  const writer = await database.connect();
  await writer.query("SET lock_timeout = 2000; INSERT INTO fruit VALUES (3)");
  await other.query("COMMIT");

  expect(await migrated).toEqual(["0002_index_fruit.sql"]);
  await expect(writer.query("INSERT INTO fruit VALUES (3)")).rejects.toThrow("fruit_idx");
  await writer.end();
});

test("the index of a big partitioned table is made partition by partition, beside writers, and goes on where it was broken off", async () => {
  await client.query(`CREATE TABLE basket (id int NOT NULL) PARTITION BY RANGE (id);
    CREATE TABLE basket_1 PARTITION OF basket FOR VALUES FROM (0) TO (10);
    CREATE TABLE basket_2 PARTITION OF basket FOR VALUES FROM (10) TO (20);
    INSERT INTO basket VALUES (1), (11), (11)`);
  await write("0002_index_basket.sql", 'CREATE UNIQUE INDEX "basket_idx" ON "basket" USING btree ("id");');
  await expect(applyMigrations(client, folder, { bigTableBytes: 1 })).rejects.toThrow(
    "could not create unique",
  );
  expect(await appliedCount()).toBe(1);

  await client.query("DELETE FROM basket_2; INSERT INTO basket VALUES (12)");
  await other.query("BEGIN; INSERT INTO basket VALUES (2)");
  const migrated = applyMigrations(client, folder, { bigTableBytes: 1, lockTimeoutMs: 40 });
  const writer = await database.connect();
  await writer.query("SET lock_timeout = 2000; INSERT INTO basket VALUES (13)");
  await other.query("COMMIT");

  expect(await migrated).toEqual(["0002_index_basket.sql"]);
  const { rows } = await client.query(
    `SELECT indisvalid, (SELECT count(*)::int FROM pg_inherits WHERE inhparent = indexrelid) AS partitions
     FROM pg_index WHERE indexrelid = 'basket_idx'::regclass`,
  );
  expect(rows).toEqual([{ indisvalid: true, partitions: 2 }]);
  await expect(writer.query("INSERT INTO basket VALUES (13)")).rejects.toThrow("basket_2_basket_idx");
  await writer.end();
});

test("an index that came to nothing is made anew", async () => {
  await client.query("INSERT INTO fruit VALUES (1)");
  await write("0002_index_fruit.sql", "CREATE UNIQUE INDEX CONCURRENTLY fruit_idx ON fruit (id);");
  await expect(applyMigrations(client, folder)).rejects.toThrow("could not create unique index");
  expect(await appliedCount()).toBe(1);

  await client.query("DELETE FROM fruit; INSERT INTO fruit VALUES (1)");
  expect(await applyMigrations(client, folder)).toEqual(["0002_index_fruit.sql"]);
  const { rows } = await client.query(
    "SELECT indisvalid FROM pg_index WHERE indexrelid = 'fruit_idx'::regclass",
  );
  expect(rows).toEqual([{ indisvalid: true }]);
});

test("refuses a file in which only some is concurrent", async () => {
  await write(
    "0002_index_fruit.sql",
    "CREATE INDEX CONCURRENTLY fruit_idx ON fruit (id);\n--> statement-breakpoint\nDELETE FROM fruit;",
  );
  await expect(applyMigrations(client, folder)).rejects.toThrow("mixes what is concurrent with what is not");
  expect((await client.query("SELECT * FROM fruit")).rows).toHaveLength(1);
});

const FOR_EACH_SITE = `--> for-each-site
UPDATE fruit SET id = id + 100 WHERE site = current_setting('waymark.site')::int AND id < 100;`;

/** As many sites, each with a row of the big table. */
async function growFor(sites: number): Promise<void> {
  await other.query(`CREATE SCHEMA site; CREATE TABLE site.sites (id int);
    ALTER TABLE fruit ADD COLUMN site int; DELETE FROM fruit;
    INSERT INTO site.sites SELECT generate_series(1, ${sites}); INSERT INTO fruit SELECT id, id FROM site.sites`);
}

test("what is written site by site is no danger to a big table, and holds each site's rows no longer than its own takes", async () => {
  await growFor(3);
  await write("0002_ripen_fruit.sql", `${FOR_EACH_SITE}\n--> statement-breakpoint\nSELECT pg_sleep(0.3);`);
  const migrated = applyMigrations(client, folder, { bigTableBytes: 1, maxHoldMs: 700 });
  await expect
    .poll(async () => (await other.query("SELECT id FROM fruit WHERE id > 100")).rows)
    .toContainEqual({ id: 101 });
  // The first site's row is free while the others' are written.
  expect(await appliedCount()).toBe(1);
  await other.query("SET lock_timeout = '50ms'; UPDATE fruit SET id = 201 WHERE site = 1");

  expect(await migrated).toEqual(["0002_ripen_fruit.sql"]);
  expect((await other.query("SELECT id FROM fruit ORDER BY site")).rows).toEqual(
    [201, 102, 103].map((id) => ({ id })),
  );
  expect(await applyMigrations(client, folder)).toEqual([]);
});

test("where a site's part fails, those before it are done, and a second run does the rest", async () => {
  await growFor(3);
  await write("0002_ripen_fruit.sql", FOR_EACH_SITE);
  await other.query("ALTER TABLE fruit ADD CONSTRAINT unripe CHECK (id <> 102)");
  await expect(applyMigrations(client, folder)).rejects.toThrow("0002_ripen_fruit.sql failed");
  expect(await appliedCount()).toBe(1);
  expect((await other.query("SELECT id FROM fruit ORDER BY site")).rows).toEqual(
    [101, 2, 3].map((id) => ({ id })),
  );

  await other.query("ALTER TABLE fruit DROP CONSTRAINT unripe");
  await applyMigrations(client, folder);
  expect((await other.query("SELECT id FROM fruit ORDER BY site")).rows).toEqual(
    [101, 102, 103].map((id) => ({ id })),
  );
});
