import { expect, test } from "vitest";
import { findHazards } from "#scripts/migrations/find-hazards.ts";
import type { TableFacts } from "#scripts/migrations/table-facts.ts";

const table = (bytes: number, neverNull: string[] = []): TableFacts => ({
  bytes,
  neverNull: new Set(neverNull),
});
const FACTS = {
  tables: new Map([
    ["site.sites", table(1000, ["checked"])],
    ["site.events", table(9_000_000)],
  ]),
  bigTableBytes: 1_000_000,
};

const FILE = { name: "0001_do_it.sql", hash: "", replaces: [], forEachSite: false };

function reasonsFor(...statements: string[]): string[] {
  return findHazards([{ ...FILE, statements }], FACTS).map(({ why }) => why);
}

test("rows of a big table may be written site by site, and nothing else of it is any less a danger", () => {
  const statements = ["UPDATE site.events SET a = 1", "ALTER TABLE site.events DROP COLUMN b"];
  expect(findHazards([{ ...FILE, forEachSite: true, statements }], FACTS).map(({ why }) => why)).toEqual([
    "drops the column site.events.b",
  ]);
});

test.each([
  ['DROP TABLE "site"."sites";', "drops the table site.sites"],
  ["TRUNCATE site.sites", "empties the table site.sites"],
  ['ALTER TABLE "site"."sites" DROP COLUMN "name";', "drops the column site.sites.name"],
  ['ALTER TABLE "site"."sites" RENAME COLUMN "name" TO "title";', "renames something of site.sites"],
  [
    'ALTER TABLE "site"."sites" ALTER COLUMN "id" SET DATA TYPE bigint;',
    "changes the type of site.sites.id, which writes the table anew",
  ],
  ["ALTER TABLE site.sites ADD COLUMN a int NOT NULL", "adds site.sites.a as not null without a default"],
  [
    "ALTER TABLE site.sites ADD COLUMN a uuid NOT NULL DEFAULT gen_random_uuid()",
    "adds site.sites.a with a value for each row, which writes the table anew",
  ],
  [
    'ALTER TABLE "site"."sites" ALTER COLUMN "zone" SET NOT NULL',
    "site.sites.zone becomes not null without a validated check",
  ],
  [
    'CREATE INDEX "e_idx" ON "site"."events" USING btree ("id")',
    "makes an index on the big table site.events while nobody can write to it",
  ],
  [
    "ALTER TABLE site.events ADD CONSTRAINT e_key UNIQUE (id)",
    "makes a unique index on the big table site.events while nobody can use it",
  ],
  [
    "ALTER TABLE site.events ADD CONSTRAINT e_check CHECK (id > 0)",
    "checks each row of the big table site.events while nobody can write to it",
  ],
  ["UPDATE site.events SET a = 1", "writes to the rows of the big table site.events"],
  ["DROP VIEW site.totals", "drops the view site.totals"],
  ["DROP SCHEMA site CASCADE", "drops the schema site"],
  ["DO $$ BEGIN DELETE FROM site.events; END $$", "runs a block whose locks cannot be told"],
])("%s is destructive", (statement, why) => {
  expect(reasonsFor(statement)).toEqual([why]);
});

test.each([
  ["what makes its own table", 'CREATE TABLE "site"."new" ("id" int NOT NULL)'],
  ["what changes a table that the same files make", 'ALTER TABLE "site"."new" DROP COLUMN "id"'],
  ["a column that may be null", "ALTER TABLE site.events ADD COLUMN a int"],
  ["a column with a constant default", "ALTER TABLE site.events ADD COLUMN a int DEFAULT 0 NOT NULL"],
  ["not null after a validated check", "ALTER TABLE site.sites ALTER COLUMN checked SET NOT NULL"],
  ["an index of a small table", "CREATE INDEX s_idx ON site.sites (name)"],
  ["an index made concurrently", "CREATE INDEX CONCURRENTLY e_idx ON site.events (a)"],
  ["a check that is validated later", "ALTER TABLE site.events ADD CONSTRAINT c CHECK (a > 0) NOT VALID"],
  ["a unique index that is there", "ALTER TABLE site.events ADD CONSTRAINT k UNIQUE USING INDEX k_idx"],
  ["rows of a small table", "DELETE FROM site.sites WHERE id = 1"],
  ["what a comment says", "-- DROP TABLE site.sites\nCREATE TABLE site.new (id int)"],
  ["what a function will do", "CREATE FUNCTION site.f() RETURNS void AS $$ DROP TABLE site.sites; $$"],
])("%s is not", (_, statement) => {
  expect(reasonsFor(statement)).toEqual([]);
});

test("a view that the same file makes again is replaced, one of two statements in a part is seen", () => {
  expect(reasonsFor("DROP VIEW site.totals", "CREATE VIEW site.totals AS SELECT 1")).toEqual([]);
  expect(reasonsFor("CREATE TABLE site.new (id int); DROP TABLE site.sites;")).toEqual([
    "drops the table site.sites",
  ]);
});
