import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/database.ts";
import { arrayOf, iso } from "#db/queries/ingest/event-columns.ts";
import { createDatabase } from "#tests/support/create-database.ts";

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
      { numRuns: 100 },
    );
  });

  it("holds an instant as a Date reads it, without parts of a millisecond", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 4e12, noNaN: true }), (atMs) => {
        expect(iso(atMs)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/);
        expect(Date.parse(iso(atMs))).toBe(Math.trunc(atMs));
      }),
    );
  });
});
