import { join } from "node:path";
import { expect, test } from "vitest";
import { applyMigrations } from "#scripts/migrations/apply-migrations.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { createEmptyDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";

const MIGRATIONS = join(projectFolder, "db", "migrations");
/** The last one before days told of short links. */
const PREVIOUS = "0028_keep_refund_names.sql";

test("the days since a site's first short link are counted anew, the newest first, and no other", async () => {
  const database = await createEmptyDatabase();
  const client = await database.connect();
  await applyMigrations(client, MIGRATIONS, { upTo: PREVIOUS });
  const linked = (await createSite(database.db, { timeZone: "Asia/Tokyo" })).siteId;
  const plain = (await createSite(database.db)).siteId;
  await client.query(
    `insert into site.rollup_periods (site_id, scope, scope_key, dimension, span, starts_on, currency, rolled_at, took_ms, entries)
     select s, 'site', '', d, p, day::date, c, now(), 1, '{""}'
     from unnest($1::int[]) as s, unnest('{all,os}'::text[]) as d, unnest('{"",EUR}'::text[]) as c,
       (values ('day', '2026-03-09'), ('day', '2026-03-10'), ('day', '2026-03-11'), ('week', '2026-03-09')) as v (p, day)`,
    [[linked, plain]],
  );
  await client.query(
    `insert into site.links (site_id, public_id, slug, destination, created_at)
     select $1, 'lnk_' || n, 'slug-' || n, 'https://shop.example/', at::timestamptz
     from (values (1, '2026-03-12T10:00Z'), (2, '2026-03-09T16:00Z')) as l (n, at)`,
    [linked],
  );

  await applyMigrations(client, MIGRATIONS);

  const { rows } = await client.query(
    "select site_id, span, starts_on::text as day from site.stale_periods order by marked_at",
  );
  expect(rows).toEqual([
    { site_id: linked, span: "day", day: "2026-03-11" },
    { site_id: linked, span: "day", day: "2026-03-10" },
  ]);
  await client.end();
});
