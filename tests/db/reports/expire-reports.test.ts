import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { deliveryDeps, type DeliveryDeps } from "#tests/db/delivery/delivery-deps.ts";
import { builtReport, type BuiltReport } from "#tests/db/delivery/built-report.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { expireReports } from "#usecases/reports/expire-reports.ts";

let database: TestDatabase;
let site: TestSite;
let deps: DeliveryDeps;

beforeAll(async () => {
  database = await createDatabase();
});
beforeEach(async () => {
  site = await createSite(database.db);
  deps = deliveryDeps(database.db);
  await database.db.execute(sql`delete from control.report_settings`);
});

async function keepFor(days: number, of: TestSite = site): Promise<void> {
  await database.db.execute(sql`
    insert into control.report_settings (account_id, language, locale, retention_days, updated_at)
    select account_id, 'en', 'en-GB', ${days}, now() from site.sites where id = ${of.siteId}`);
}

async function readyAt(report: BuiltReport, at: string): Promise<BuiltReport> {
  await database.db.execute(
    sql`update site.reports set ready_at = ${at}::timestamptz where id = ${report.id}`,
  );
  return report;
}

async function reportAt(at: string): Promise<BuiltReport> {
  return await readyAt(
    await builtReport(database.db, { site, deps }, { recipients: ["boss@else.example"] }),
    at,
  );
}

async function rowOf({ id }: BuiltReport) {
  const { rows } = await database.db.execute<{ isExpired: boolean; keys: number; deliveries: number }>(sql`
    select expired_at is not null as "isExpired", num_nonnulls(model_key, pdf_key, csv_key, xlsx_key) as keys,
      (select count(*)::int from site.report_deliveries d where d.report_id = r.id) as deliveries
    from site.reports r where id = ${id}`);
  return rows[0];
}

const filesOf = ({ publicId }: BuiltReport) => [...deps.files.keys()].filter((key) => key.includes(publicId));

test("files are kept as long as the account wants, and no others go", async () => {
  const old = await reportAt("2026-01-01T00:00:00Z");
  const young = await reportAt("2026-02-20T00:00:00Z");
  const foreign = await createSite(database.db);
  const others = await readyAt(
    await builtReport(database.db, { site: foreign, deps }, { recipients: ["else@else.example"] }),
    "2025-01-01T00:00:00Z",
  );
  await keepFor(30);
  expect(await expireReports(deps)).toEqual({ expired: 1 });

  expect(filesOf(old)).toEqual([]);
  expect(await rowOf(old)).toEqual({ isExpired: true, keys: 0, deliveries: 1 });
  for (const report of [young, others]) {
    expect(filesOf(report)).toHaveLength(3);
    expect(await rowOf(report)).toMatchObject({ isExpired: false });
  }
  expect(await expireReports(deps)).toEqual({ expired: 0 });
});

test("a run that is broken off is taken up, and harms no other account", async () => {
  const old = await reportAt("2026-01-01T00:00:00Z");
  await keepFor(30);
  let isAway = true;
  const store = deps.reportStore;
  deps.reportStore = {
    ...store,
    async delete(key) {
      if (isAway && key.endsWith(".pdf")) throw new Error("The store is away");
      await store.delete(key);
    },
  };
  await expect(expireReports(deps)).rejects.toThrow(/1 accounts/);
  expect(await rowOf(old)).toMatchObject({ isExpired: true });
  expect((await rowOf(old))?.keys).toBeGreaterThan(0);
  isAway = false;
  expect(await expireReports(deps)).toEqual({ expired: 1 });
  expect(filesOf(old)).toEqual([]);
});
