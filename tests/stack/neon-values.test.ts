import { expect, test } from "vitest";
import { behindPlainEndpoint } from "./plain-endpoint.ts";

const plain = behindPlainEndpoint();

/** Without the raw-text header, as tools other than the driver ask: values become JSON of their type. */
async function ask(query: string, params: unknown[] = []): Promise<Record<string, unknown>> {
  const reply = await fetch(plain.endpoint.url, {
    method: "POST",
    headers: { "Neon-Connection-String": plain.database.databaseUrl },
    body: JSON.stringify({ query, params }),
  });
  expect(reply.status).toBe(200);
  const { rows } = (await reply.json()) as { rows: Record<string, unknown>[] };
  return rows[0] ?? {};
}

test("converts what JSON can hold, and leaves the rest as text", async () => {
  expect(
    await ask(`SELECT true AS bool, 5::int2 AS int2, 9007199254740993::int8 AS int8, 0.10::numeric AS numeric,
      1.5::float8 AS float, 'NaN'::float8 AS nan, '{"a":[1]}'::jsonb AS jsonb, NULL AS nothing, 'x'::text AS text`),
  ).toEqual({
    bool: true,
    int2: 5,
    int8: "9007199254740993",
    numeric: "0.10",
    float: 1.5,
    nan: "NaN",
    jsonb: { a: [1] },
    nothing: null,
    text: "x",
  });
});

test("converts arrays with their elements, quoted, nested, bounded and NULL", async () => {
  expect(
    await ask(`SELECT ARRAY[true, NULL] AS bools, ARRAY['a"b', 'c,d', '', 'NULL'] AS texts,
      '{{1,2},{3,4}}'::int[] AS nested, '[2:3]={7,8}'::int[] AS bounded, '{}'::int[] AS empty,
      ARRAY['{"k": "v\\"w"}'::jsonb] AS jsons, ARRAY[9007199254740993] AS int8s`),
  ).toEqual({
    bools: [true, null],
    texts: ['a"b', "c,d", "", "NULL"],
    nested: [
      [1, 2],
      [3, 4],
    ],
    bounded: [7, 8],
    empty: [],
    jsons: [{ k: 'v"w' }],
    int8s: ["9007199254740993"],
  });
});

test("takes parameters that are not text: numbers, booleans, objects, arrays, and objects within arrays", async () => {
  const params = [42, true, { a: "b" }, ["x", null, 'y"z'], [{ n: 1 }], [[1], [2]], null];
  expect(
    await ask(
      "SELECT $1::int AS a, $2::boolean AS b, $3::jsonb AS c, $4::text[] AS d, $5::jsonb[] AS e, $6::int[] AS f, $7::text AS g",
      params,
    ),
  ).toEqual({ a: 42, b: true, c: { a: "b" }, d: ["x", null, 'y"z'], e: [{ n: 1 }], f: [[1], [2]], g: null });
});
