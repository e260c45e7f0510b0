// @module-tag long
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";

import type { Database } from "#db/database.ts";
import { reportDeps, type ReportDeps } from "#tests/db/reports/report-deps.ts";
import { keyPrincipal } from "#tests/db/visitors/key-principal.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { buildRun } from "#usecases/runs/build-run.ts";
import { compareRuns } from "#usecases/runs/compare-runs.ts";
import { createRun } from "#usecases/runs/create-run.ts";
import { getRun } from "#usecases/runs/get-run.ts";

const DAY = "2026-03-10";
let db: Database;
let deps: ReportDeps;
let site: TestSite;

beforeAll(async () => {
  ({ db } = await createDatabase());
  deps = reportDeps(db);
  site = await createSite(db, { timeZone: "UTC" });
  await db.execute(sql`
    insert into site.sources (site_id, fingerprint, channel, matcher_version)
    select ${site.siteId}, c, c, 1 from unnest(array['email', 'paid-search']) as c`);
});

/** Orders of one day, each of a visitor of its own who came by one of two channels. */
async function addOrders(first: number, last: number): Promise<void> {
  await db.execute(sql`
    with v as (
      select k, md5('visitor' || k)::uuid as visitor, md5('touch' || k)::uuid as touch, md5('order' || k)::uuid as id,
        (array_agg(s.id order by s.channel))[1 + k % 2] as source_id
      from generate_series(${first}::int, ${last}::int) as k, site.sources s
      where s.site_id = ${site.siteId} group by k
    ), contact as (
      insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
      select ${site.siteId}, touch, 0, visitor, '2026-03-09', source_id, touch, '2026-03-09' from v
    )
    insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, promo_codes, is_test, copies)
    select ${site.siteId}, id, visitor, '2026-03-10T12:00Z', 'purchase', 1000 + k, 'EUR', '{}', false, 1 from v`);
  await db.execute(sql`
    insert into site.data_versions as v (site_id, day, version) values (${site.siteId}, ${DAY}, 1)
    on conflict (site_id, day) do update set version = v.version + 1`);
  await db.execute(sql`analyze`);
}

async function made(lookbackDays = 30): Promise<string> {
  const ordered = await createRun(deps, {
    principal: keyPrincipal(site),
    site: {
      ...site,
      database: "main",
      name: "Shop",
      domain: "shop.example",
      timeZone: "UTC",
      currency: "EUR",
    },
    request: { name: "A day", from: DAY, to: DAY, by: "channel", options: { lookbackDays } },
  });
  if (!ordered.ok) throw new Error(ordered.error.kind);
  await buildRun(deps, { database: "main", runId: ordered.value.id });
  return ordered.value.id;
}

type File = { items?: { id: string }[]; sums?: Record<string, [string, number, number][]> };

function filesOf(runId: string): File[] {
  return [...deps.files].flatMap(([key, bytes]) =>
    key.includes(runId) ? [JSON.parse(new TextDecoder().decode(bytes)) as File] : [],
  );
}

const sizesOf = (runId: string) => filesOf(runId).flatMap(({ items }) => items?.length ?? []);

async function compared(before: string, after: string) {
  const principal = keyPrincipal(site);
  const shown = await compareRuns(deps, { principal, runId: after, withId: before, model: "linear" });
  if (!shown.ok) throw new Error(shown.error.kind);
  return shown.value;
}

it("keeps a large day in parts, compares it with itself in fewer, and adds up to the cent throughout", async () => {
  await addOrders(1, 3_000);
  const small = await made();
  expect(sizesOf(small)).toEqual([3_000]);

  await addOrders(3_001, 9_000);
  const large = await made();
  const sizes = sizesOf(large);
  expect(sizes).toHaveLength(4);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(9_000);
  expect(Math.max(...sizes)).toBeLessThan(4_000);
  const ids = filesOf(large).flatMap(({ items = [] }) => items.map(({ id }) => id));
  expect(new Set(ids).size).toBe(9_000);

  const found = await getRun(deps, { principal: keyPrincipal(site), runId: large });
  const rows = found.ok ? (found.value.answer?.rows ?? []) : [];
  const sums = filesOf(large).flatMap((file) => file.sums?.["linear"] ?? []);
  expect(new Map(sums.map(([group, , minor]) => [group, minor]))).toEqual(
    new Map(rows.map(({ key, credits }) => [key, credits.linear?.revenueMinor])),
  );

  const { total } = await compared(small, large);
  const late = 6_000 * 1_000 + ((3_001 + 9_000) * 6_000) / 2;
  expect(total.reasons).toEqual([
    { reason: "late", count: 6_000, conversions: 6_000, revenueMinor: late, spendMinor: 0 },
  ]);
  expect(total.change).toMatchObject({ conversions: 6_000, revenueMinor: late });
});

it("compares two runs in the same parts, and finds the one order that differs", async () => {
  const before = await made();
  await db.execute(sql`
    update site.conversions set value_minor = value_minor + 7
    where site_id = ${site.siteId} and conversion_id = md5('order' || 4711)::uuid`);
  await addOrders(9_001, 9_001);
  const { total, examples } = await compared(before, await made());

  expect(total.reasons).toEqual([
    { reason: "late", count: 2, conversions: 1, revenueMinor: 1_000 + 9_001 + 7, spendMinor: 0 },
  ]);
  expect(examples.map(({ revenueMinor }) => revenueMinor)).toEqual([10_001, 7]);
  // The same data again: nothing that is kept is another one, and nothing has changed.
  expect((await compared(await made(), await made())).total.reasons).toEqual([]);
});

it("finds only the options where only they differ", async () => {
  const { total } = await compared(await made(), await made(1));
  expect(total.reasons.every(({ reason }) => reason === "options")).toBe(true);
});
