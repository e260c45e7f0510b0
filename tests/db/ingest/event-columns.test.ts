import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/database.ts";
import { arrayOf, instantOf, wholeMs } from "#db/queries/ingest/event-columns.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { inputs } from "#tests/support/inputs.ts";

let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

/** NUL and lone surrogates are cleaned before. */
const text = fc.oneof(
  fc.string({ unit: "grapheme" }).map((value) => value.replaceAll("\0", "")),
  fc.constantFrom("", "NULL", "null", "{", "}", ",", '"', "\\", " ", "a b", "a,b", "a\\", "\n", "Null "),
);

describe("a column as a Postgres array", () => {
  it("is read back as it was, whatever its texts hold", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(text), { maxLength: 20 }), async (values) => {
        const { rows } = await db.execute<{ read: (string | null)[] }>(
          sql`select to_jsonb(${arrayOf(values)}::text[]) as read`,
        );
        expect(rows[0]?.read).toEqual(values);
      }),
      { numRuns: inputs(100) },
    );
  });

  it("holds an instant to the millisecond, without parts of one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 4e12, noNaN: true }), async (atMs) => {
        const instant = instantOf(sql`${wholeMs(atMs)}::bigint`);
        const { rows } = await db.execute<{ read: string }>(
          sql`select to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as read`,
        );
        expect(rows[0]?.read).toBe(new Date(Math.trunc(atMs)).toISOString().replace("Z", "000Z"));
      }),
      { numRuns: inputs(100) },
    );
  });
});
