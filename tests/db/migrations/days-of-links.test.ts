import { join } from "node:path";
import { expect, test } from "vitest";
import { applyMigrations } from "#scripts/migrations/apply-migrations.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { createEmptyDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";

const MIGRATIONS = join(projectFolder, "db", "migrations");
/** The last one before days told of short links. */
const PREVIOUS = "0028_keep_refund_names.sql";

test("the days since a site's first short link are counted anew, the newest first, by a version that knows of links", async () => {
  const database = await createEmptyDatabase();
  const client = await database.connect();
  await applyMigrations(client, MIGRATIONS, { upTo: PREVIOUS });
  const linked = (await createSite(database.db, { timeZone: "Asia/Tokyo" })).siteId;
  const plain = (await createSite(database.db)).siteId;
  const sealed = (await createSite(database.db)).siteId;
  await client.query(
    `insert into site.rollup_periods (site_id, scope, scope_key, dimension, span, starts_on, currency, rolled_at, took_ms, entries)
     select s, 'site', '', d, p, day::date, c, now(), 1, '{""}'
     from unnest($1::int[]) as s, unnest('{all,os}'::text[]) as d, unnest('{"",EUR}'::text[]) as c,
       (values ('day', '2026-03-09'), ('day', '2026-03-10'), ('day', '2026-03-11'), ('week', '2026-03-09')) as v (p, day)`,
    [[linked, plain, sealed]],
  );
  await client.query("update site.sites set raw_day = '2026-03-11' where id = $1", [sealed]);
  await client.query(
    `insert into site.links (site_id, public_id, slug, destination, created_at)
     select site, 'lnk_' || n, 'slug-' || n, 'https://shop.example/', at::timestamptz
     from (values ($1::int, 1, '2026-03-12T10:00Z'), ($1, 2, '2026-03-09T16:00Z'), ($2, 3, '2026-03-09T16:00Z')) as l (site, n, at)`,
    [linked, sealed],
  );

  await applyMigrations(client, MIGRATIONS);

  const { rows } = await client.query(
    "select site_id, span, starts_on::text as day from site.stale_periods order by site_id, marked_at",
  );
  // The version before goes on until the new one is out. It counts what is marked as a day, without links.
  expect(rows).toEqual([
    { site_id: linked, span: "links", day: "2026-03-11" },
    { site_id: linked, span: "links", day: "2026-03-10" },
    { site_id: sealed, span: "links", day: "2026-03-11" },
  ]);
  await client.end();
});
