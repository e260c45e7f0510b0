import { neon, NeonDbError, type NeonQueryFunction } from "@neondatabase/serverless";
import { beforeAll, describe, expect, test } from "vitest";
import { patiently } from "#tests/support/patiently.ts";
import { behindPlainEndpoint } from "./plain-endpoint.ts";

const plain = behindPlainEndpoint();
let sql: NeonQueryFunction<false, false>;

beforeAll(async () => {
  sql = neon(plain.database.databaseUrl);
  await sql`CREATE TABLE fruit (id int PRIMARY KEY, name text NOT NULL UNIQUE)`;
});

async function errorOf(query: Promise<unknown>): Promise<NeonDbError> {
  const error: unknown = await query.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NeonDbError);
  return error as NeonDbError;
}

describe("values", () => {
  test.each([
    ["boolean", "SELECT $1::boolean AS v", true, true],
    ["int4", "SELECT $1::int4 AS v", -7, -7],
    [
      "int8 as text, beyond what a double holds",
      "SELECT $1::int8 AS v",
      "9007199254740993",
      "9007199254740993",
    ],
    ["numeric as text", "SELECT $1::numeric AS v", "0.10", "0.10"],
    ["float8", "SELECT $1::float8 AS v", 1.5, 1.5],
    ["text beyond ASCII", "SELECT $1::text AS v", "grüße 世界 🫐 'quoted' \\", "grüße 世界 🫐 'quoted' \\"],
    ["jsonb", "SELECT $1::jsonb AS v", { a: [1, null, "x"] }, { a: [1, null, "x"] }],
    ["NULL", "SELECT $1::text AS v", null, null],
    ["text array", "SELECT $1::text[] AS v", ["a", 'b"c', "d,e", ""], ["a", 'b"c', "d,e", ""]],
    ["int array with NULL", "SELECT $1::int[] AS v", [1, null, 3], [1, null, 3]],
    ["empty array", "SELECT $1::int[] AS v", [], []],
    [
      "nested array",
      "SELECT $1::int[][] AS v",
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ] as [string, string, unknown, unknown][])("%s", async (...[, text, given, expected]) => {
    expect(await sql.query(text, [given])).toEqual([{ v: expected }]);
  });

  test("timestamptz keeps the instant, whatever its zone", async () => {
    const [row] = await sql`SELECT '2026-03-29T03:30:00.123+02:00'::timestamptz AS v`;
    // Drizzle, once it is loaded, makes the driver leave times as Postgres writes them.
    expect(new Date(String(row?.["v"]))).toEqual(new Date("2026-03-29T01:30:00.123Z"));
  });

  test("bytea keeps every byte", async () => {
    const bytes = Buffer.from([0, 1, 127, 128, 255]);
    const [row] = await sql`SELECT ${bytes}::bytea AS v`;
    expect(row?.["v"]).toEqual(bytes);
  });
});

describe("shapes of an answer", () => {
  test("rows are objects, or arrays in array mode", async () => {
    expect(await sql.query("SELECT 1 AS a, 2 AS b")).toEqual([{ a: 1, b: 2 }]);
    expect(await sql.query("SELECT 1 AS a, 2 AS a", [], { arrayMode: true })).toEqual([[1, 2]]);
  });

  test("the full result has the command, its count and the seven facts of each field", async () => {
    const inserted = await sql.query("INSERT INTO fruit VALUES (1, 'apple'), (2, 'pear')", [], {
      fullResults: true,
    });
    const selected = await sql.query("SELECT id, name FROM fruit ORDER BY id", [], { fullResults: true });
    const defined = await sql.query("CREATE TABLE nothing ()", [], { fullResults: true });

    expect(inserted).toMatchObject({ command: "INSERT", rowCount: 2, rows: [] });
    expect(selected).toMatchObject({ command: "SELECT", rowCount: 2, rowAsArray: false });
    expect(selected.fields).toMatchObject([
      { name: "id", dataTypeID: 23, dataTypeSize: 4, dataTypeModifier: -1, format: "text", columnID: 1 },
      { name: "name", dataTypeID: 25, dataTypeSize: -1, dataTypeModifier: -1, format: "text", columnID: 2 },
    ]);
    expect(selected.fields[0]?.tableID).toBeGreaterThan(0);
    expect(defined).toMatchObject({ command: "CREATE", rowCount: null });
  });

  test("an answer without rows still names its fields", async () => {
    const result = await sql.query("SELECT id FROM fruit WHERE false", [], { fullResults: true });
    expect(result).toMatchObject({ rowCount: 0, rows: [], fields: [{ name: "id" }] });
  });
});

describe("transactions", () => {
  test("a batch is atomic: the first error undoes what went before it", async () => {
    const failing = sql.transaction([
      sql`INSERT INTO fruit VALUES (10, 'fig')`,
      sql`INSERT INTO fruit VALUES (10, 'again')`,
    ]);
    expect((await errorOf(failing)).code).toBe("23505");
    expect(await sql`SELECT FROM fruit WHERE id = 10`).toEqual([]);
  });

  test("results come in the order of the statements, each in its own mode", async () => {
    const queries = [
      { query: "SELECT 1 AS a", params: [], arrayMode: true },
      { query: "SELECT 2 AS a", params: [] },
    ];
    const { results } = (await (await post({ queries })).json()) as { results: { rows: unknown[] }[] };
    expect(results.map(({ rows }) => rows)).toEqual([[[1]], [{ a: 2 }]]);
  });

  test.each([
    ["ReadUncommitted", "read uncommitted"],
    ["ReadCommitted", "read committed"],
    ["RepeatableRead", "repeatable read"],
    ["Serializable", "serializable"],
  ] as const)("isolation level %s", async (isolationLevel, expected) => {
    const [rows] = await sql.transaction([sql`SHOW transaction_isolation`], { isolationLevel });
    expect(rows).toEqual([{ transaction_isolation: expected }]);
  });

  test("a read-only, deferrable transaction is one, and refuses to write", async () => {
    const options = { isolationLevel: "Serializable", readOnly: true, deferrable: true } as const;
    const results = await sql.transaction(
      [sql`SHOW transaction_read_only`, sql`SHOW transaction_deferrable`],
      options,
    );
    expect(results).toEqual([[{ transaction_read_only: "on" }], [{ transaction_deferrable: "on" }]]);
    const writing = sql.transaction([sql`INSERT INTO fruit VALUES (11, 'kiwi')`], options);
    expect((await errorOf(writing)).code).toBe("25006");
    expect(await sql`SELECT FROM fruit WHERE id = 11`).toEqual([]);
  });

  test("echoes the headers of a batch, and only those that were sent", async () => {
    const reply = await post(
      { queries: [{ query: "SELECT 1", params: [] }] },
      {
        "Neon-Batch-Isolation-Level": "Serializable",
        "Neon-Batch-Read-Only": "true",
      },
    );
    expect(reply.headers.get("neon-batch-isolation-level")).toBe("Serializable");
    expect(reply.headers.get("neon-batch-read-only")).toBe("true");
    expect(reply.headers.has("neon-batch-deferrable")).toBe(false);
  });

  test("a transaction that a statement left open does not reach the next caller", async () => {
    await sql`BEGIN`;
    await sql`INSERT INTO fruit VALUES (12, 'lime')`;
    await errorOf(sql`SELECT no_such_column`);
    expect(await sql`SELECT id FROM fruit WHERE id = 12`).toEqual([{ id: 12 }]);
  });
});

describe("errors", () => {
  test("a broken unique key comes with all that Postgres says about it", async () => {
    await sql`INSERT INTO fruit VALUES (20, 'plum')`;
    const error = await errorOf(sql`INSERT INTO fruit VALUES (21, 'plum')`);

    expect(error).toMatchObject({
      code: "23505",
      severity: "ERROR",
      detail: "Key (name)=(plum) already exists.",
      schema: "public",
      table: "fruit",
      constraint: "fruit_name_key",
      routine: "_bt_check_unique",
    });
    expect(error.message).toContain("duplicate key value");
    expect(error.line).toEqual(expect.stringMatching(/^\d+$/));
  });

  test("a syntax error says where it is", async () => {
    expect(await errorOf(sql.query("SELEC 1"))).toMatchObject({ code: "42601", position: "1" });
  });

  test("the answer is 400 with all seventeen keys", async () => {
    const reply = await post({ query: "SELECT 1/0", params: [] });
    expect(reply.status).toBe(400);
    expect(Object.keys((await reply.json()) as object).toSorted()).toEqual(
      (
        "code column constraint dataType detail file hint internalPosition internalQuery line message position " +
        "routine schema severity table where"
      ).split(" "),
    );
  });

  test("several statements in one text are refused, and none of them runs", async () => {
    const error = await errorOf(sql.query("INSERT INTO fruit VALUES (30, 'a'); SELECT 1"));
    expect(error.code).toBe("42601");
    expect(error.message).toContain("multiple commands");
    expect(await sql`SELECT FROM fruit WHERE id = 30`).toEqual([]);
  });

  test("a wrong password is refused by Postgres itself", async () => {
    const url = new URL(plain.database.databaseUrl);
    url.password = "wrong";
    const error = await errorOf(neon(url.href)`SELECT 1`);
    expect(error.message).toContain("password authentication failed");
    expect(error.code).toBe("28P01");
  });

  test.each([
    ["no connection string", {}, { query: "SELECT 1" }],
    ["no query", { "Neon-Connection-String": "own" }, { params: [] }],
    ["an unknown isolation level", { "Neon-Batch-Isolation-Level": "Chaos" }, { queries: [] }],
  ])("answers 400 to a request with %s", async (name, headers, body) => {
    const reply = await post(body, headers, name !== "no connection string");
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ message: expect.any(String), code: null });
  });

  test("takes nothing but POST /sql", async () => {
    const { url } = plain.endpoint;
    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(url.replace("/sql", "/other"), { method: "POST" })).status).toBe(404);
  });
});

describe("limits", () => {
  test(
    "passes on a large body both ways, and refuses one over 64 MB either way",
    { tags: ["long"], timeout: 60_000 },
    async () => {
      const megabyte = "x".repeat(1024 * 1024);
      const large = megabyte.repeat(8);
      const [row] = await sql`SELECT length(${large}::text) AS n, ${large}::text AS v`;
      expect(row?.["n"]).toBe(large.length);
      expect(row?.["v"]).toHaveLength(large.length);

      const tooLarge = await post({ query: "SELECT $1::text", params: [megabyte.repeat(64)] });
      expect(tooLarge.status).toBe(413);
      const tooMuch = await post({ query: "SELECT repeat('x', $1::int)", params: [65 * 1024 * 1024] });
      expect(tooMuch.status).toBe(507);
    },
  );

  test("runs more callers at once than a pool has connections", async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, n) => await sql`SELECT ${n}::int AS n`),
    );
    expect(answers.map(([row]) => row?.["n"])).toEqual(Array.from({ length: 60 }, (_, n) => n));
  });
});

test("plans each statement anew, as Neon does", async () => {
  const again = () => sql`SELECT statement FROM pg_prepared_statements WHERE statement <> ''`;
  for (let time = 0; time < 3; time += 1) expect(await again()).toEqual([]);
});

describe("a caller that goes away", () => {
  test("has its statement cancelled in Postgres", async () => {
    const client = await plain.database.connect();
    const running = async (): Promise<number> => {
      const { rowCount } = await client.query(
        "SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()",
      );
      return rowCount ?? 0;
    };
    const gone = new AbortController();
    const query = sql.query("SELECT pg_sleep(30)", [], { fetchOptions: { signal: gone.signal } });
    query.catch(() => undefined);
    await expect.poll(running, patiently).toBe(1);

    gone.abort();
    await expect(query).rejects.toThrow("aborted");
    await expect.poll(running, patiently).toBe(0);
    await client.end();
  });
});

async function post(
  body: unknown,
  headers: Record<string, string> = {},
  withConnection = true,
): Promise<Response> {
  const connection = withConnection ? { "Neon-Connection-String": plain.database.databaseUrl } : {};
  return await fetch(plain.endpoint.url, {
    method: "POST",
    headers: { ...headers, ...connection },
    body: JSON.stringify(body),
  });
}
