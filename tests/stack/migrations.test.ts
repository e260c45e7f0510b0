import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "pg";
import { Client as PgClient } from "pg";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { createHash, randomBytes } from "node:crypto";
import { applyMigrations } from "#scripts/migrations/apply-migrations.ts";

const CREATE = "CREATE TABLE fruit (id int);\n--> statement-breakpoint\nINSERT INTO fruit VALUES (1);";

let folder: string;
let client: Client;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-migrations-"));
  const { adminUrl } = inject("stack");
  const name = `migrate_${randomBytes(6).toString("hex")}`;
  const admin = new PgClient({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  client = await connect(name);
});

afterEach(async () => {
  await client.end();
  await rm(folder, { recursive: true });
});

async function connect(database: string): Promise<Client> {
  const url = new URL(inject("stack").adminUrl);
  url.pathname = `/${database}`;
  const connected = new PgClient({ connectionString: url.href });
  await connected.connect();
  return connected;
}

async function write(name: string, text: string): Promise<void> {
  await writeFile(join(folder, name), text);
}

async function fruitIds(): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>("SELECT id FROM fruit ORDER BY id");
  return rows.map(({ id }) => id);
}

describe("applying", () => {
  test("runs each file once, in the order of the numbers, and records it", async () => {
    await write("0002_add_pear.sql", "INSERT INTO fruit VALUES (2);");
    await write("0001_create_fruit.sql", CREATE);

    expect(await applyMigrations(client, folder)).toEqual(["0001_create_fruit.sql", "0002_add_pear.sql"]);
    expect(await applyMigrations(client, folder)).toEqual([]);
    expect(await fruitIds()).toEqual([1, 2]);
    const { rows } = await client.query(
      "SELECT name, length(hash) AS n FROM public.schema_migrations ORDER BY 1",
    );
    expect(rows).toEqual([
      { name: "0001_create_fruit.sql", n: 64 },
      { name: "0002_add_pear.sql", n: 64 },
    ]);
  });

  test("keeps nothing of a file that fails, but the files before it", async () => {
    await write("0001_create_fruit.sql", CREATE);
    await write("0002_add_more.sql", "INSERT INTO fruit VALUES (2);\n--> statement-breakpoint\nSELECT 1/0;");
    await write("0003_add_last.sql", "INSERT INTO fruit VALUES (3);");

    await expect(applyMigrations(client, folder)).rejects.toThrow(
      "0002_add_more.sql failed: division by zero",
    );
    expect(await fruitIds()).toEqual([1]);

    await write("0002_add_more.sql", "INSERT INTO fruit VALUES (2);");
    expect(await applyMigrations(client, folder)).toEqual(["0002_add_more.sql", "0003_add_last.sql"]);
    expect(await fruitIds()).toEqual([1, 2, 3]);
  });

  test("two runners at the same time apply each file once", async () => {
    await write("0001_create_fruit.sql", `SELECT pg_sleep(0.2);\n--> statement-breakpoint\n${CREATE}`);
    const { rows } = await client.query<{ name: string }>("SELECT current_database() AS name");
    const other = await connect(rows[0]?.name ?? "");
    const applied = await Promise.all([applyMigrations(client, folder), applyMigrations(other, folder)]);
    await other.end();

    expect(applied.flat()).toEqual(["0001_create_fruit.sql"]);
    expect(await fruitIds()).toEqual([1]);
  });

  test("does not take a change of line ends for a change", async () => {
    await write("0001_create_fruit.sql", CREATE);
    await applyMigrations(client, folder);
    await write("0001_create_fruit.sql", CREATE.replaceAll("\n", "\r\n"));
    expect(await applyMigrations(client, folder)).toEqual([]);
  });

  test("takes a file for applied whose earlier text, which it names, was applied", async () => {
    await write("0001_create_fruit.sql", CREATE);
    await applyMigrations(client, folder);
    const earlier = createHash("sha256").update(CREATE).digest("hex");
    await write("0001_create_fruit.sql", `--> replaces ${earlier}\n${CREATE.replace("(1)", "(7)")}`);
    expect(await applyMigrations(client, folder)).toEqual([]);
    expect(await fruitIds()).toEqual([1]);
  });
});

describe("refusing, before anything is run", () => {
  beforeEach(async () => {
    await write("0002_create_fruit.sql", CREATE);
    await applyMigrations(client, folder);
  });

  test("a file that changed after it was applied", async () => {
    await write("0002_create_fruit.sql", `${CREATE} -- changed`);
    await write("0003_add_pear.sql", "INSERT INTO fruit VALUES (2);");
    await expect(applyMigrations(client, folder)).rejects.toThrow("0002_create_fruit.sql has changed");
    expect(await fruitIds()).toEqual([1]);
  });

  test("an applied file that is gone", async () => {
    await rm(join(folder, "0002_create_fruit.sql"));
    await expect(applyMigrations(client, folder)).rejects.toThrow("its file is gone");
  });

  test("a file that comes before one that was applied", async () => {
    await write("0001_add_pear.sql", "INSERT INTO fruit VALUES (2);");
    await expect(applyMigrations(client, folder)).rejects.toThrow("0001_add_pear.sql comes before");
    expect(await fruitIds()).toEqual([1]);
  });

  test.each(["0003-add-pear.sql", "3_add_pear.sql", "0003_pear.sql"])("a file named %s", async (name) => {
    await write(name, "INSERT INTO fruit VALUES (2);");
    await expect(applyMigrations(client, folder)).rejects.toThrow("is not named NNNN_verb_noun.sql");
    expect(await fruitIds()).toEqual([1]);
  });

  test("two files with one number", async () => {
    await write("0003_add_pear.sql", "SELECT 1;");
    await write("0003_add_plum.sql", "SELECT 1;");
    await expect(applyMigrations(client, folder)).rejects.toThrow("have the same number");
  });
});
