import { neonConfig, Pool } from "@neondatabase/serverless";
import { WebSocket } from "ws";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createDatabase();
  neonConfig.webSocketConstructor = WebSocket;
  neonConfig.useSecureWebSocket = false;
  neonConfig.wsProxy = inject("stack").neonWsProxy;
  pool = new Pool({ connectionString: database.databaseUrl });
  await pool.query("CREATE TABLE fruit (id int PRIMARY KEY)");
});

afterAll(async () => {
  await pool.end();
});

test("carries an interactive transaction, committed or rolled back", async () => {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("INSERT INTO fruit VALUES ($1)", [1]);
    await client.query("COMMIT");
    await client.query("BEGIN");
    await client.query("INSERT INTO fruit VALUES ($1)", [2]);
    await client.query("ROLLBACK");
  } finally {
    client.release();
  }
  expect((await pool.query("SELECT id FROM fruit")).rows).toEqual([{ id: 1 }]);
});

test("refuses a wrong password", async () => {
  const url = new URL(database.databaseUrl);
  url.password = "wrong";
  const stranger = new Pool({ connectionString: url.href });
  await expect(stranger.query("SELECT 1")).rejects.toThrow("password authentication failed");
  await stranger.end();
});

test("reaches the configured Postgres only, whatever address the caller names", async () => {
  const url = new URL(database.databaseUrl);
  url.hostname = "elsewhere.invalid";
  url.port = "1";
  const other = new Pool({ connectionString: url.href });
  const { rows } = await other.query("SELECT current_database() AS name");
  expect(rows).toEqual([{ name: url.pathname.slice(1) }]);
  await other.end();
});

test("opens no WebSocket on another path", async () => {
  const socket = new WebSocket(`ws://${inject("stack").neonWsProxy.replace("/v2", "/other")}`);
  const message = await new Promise<string>((resolve) => {
    socket.once("error", (error) => resolve(error.message));
    socket.once("open", () => resolve("open"));
  });
  expect(message).toContain("404");
});
