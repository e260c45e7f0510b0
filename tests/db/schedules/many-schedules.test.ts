import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { runSchedules } from "#usecases/schedules/run-schedules.ts";
import { createUser } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";
import { daily, scheduleDeps, type ScheduleDeps } from "./schedule-deps.ts";

const SITES = 200;
const SCHEDULES = 1_000;

let database: TestDatabase;
let deps: ScheduleDeps;

/** A thousand copies of one schedule, five for each of two hundred sites with accounts of their own. */
beforeAll(async () => {
  database = await createDatabase();
  deps = scheduleDeps(database.db);
  const site = await createSite(database.db);
  const user = await createUser(database.db, site, { email: "ann@shop.example" });
  const { id } = await daily(deps, user, { siteId: site.publicId });
  const client = await database.connect();
  await client.query(`
    with accounts as (
      insert into control.accounts (public_id, name, created_at)
      select 'acc_' || n, 'Account ' || n, now() from generate_series(1, ${SITES}) n
      returning id
    )
    insert into site.sites (id, account_id, public_id, site_key, name, domain, origins, own_domains, time_zone, currency,
      identity, consent_required, without_consent, honour_gpc, honour_dnt, identify_key, created_at)
    select 10000 + a.id, a.id, 'site_' || a.id, 'wms_' || a.id, 'Shop ' || a.id, 'shop.example', '{}', '{}',
      'Europe/Berlin', 'EUR', 'first-party', false, 'cookieless', true, false, 'x', now() from accounts a`);
  await client.query(`
    with copies as (
      insert into site.report_schedules (account_id, site_id, public_id, name, kind, cadence, hour, time_zone, covers,
        options, formats, next_at, created_at, updated_at)
      select s.account_id, s.id, 'sch_' || s.id || '_' || n, 'Copy', p.kind, p.cadence, p.hour, p.time_zone, p.covers,
        p.options, p.formats, p.next_at, p.created_at, p.updated_at
      from site.report_schedules p, site.sites s, generate_series(1, ${SCHEDULES / SITES}) n
      where p.public_id = '${id}' and s.id > 10000
      returning id
    )
    insert into site.report_recipients (schedule_id, address, unsubscribe_token, added_at)
    select id, 'reader' || n || '@else.example', id || '-' || n, now() from copies, generate_series(1, 2) n`);
  await client.query(`delete from site.report_schedules where public_id = '${id}'`);
  // And as many again that are not due, for a thousand days.
  await client.query(`
    insert into site.report_schedules (account_id, site_id, public_id, name, kind, cadence, hour, time_zone, covers,
      options, formats, next_at, created_at, updated_at)
    select account_id, site_id, public_id || '_' || n, name, kind, cadence, hour, time_zone, covers, options, formats,
      next_at + n * interval '1 day', created_at, updated_at
    from site.report_schedules, generate_series(1, 20) n`);
  await client.query("analyze site.report_schedules");
  await client.end();
});

it("begins a thousand that are due at once in two runs of the cron, each once, with all deliveries", async () => {
  deps.setNow("2026-03-10T08:00:00.000Z");
  const first = await runSchedules(deps);
  const second = await runSchedules(deps);
  const third = await runSchedules(deps);
  expect([first.begun, second.begun, third.begun]).toEqual([500, 500, 0]);
  expect(new Set(deps.buildMessages()).size).toBe(SCHEDULES);

  const { rows } = await database.db.execute(sql`
    select count(*)::int as reports, count(distinct schedule_id)::int as schedules,
      (select count(*)::int from site.report_deliveries) as deliveries
    from site.reports where status = 'pending' and period = '2026-03-10'`);
  expect(rows).toEqual([{ reports: SCHEDULES, schedules: SCHEDULES, deliveries: 2 * SCHEDULES }]);
});

it("looks for what is due by its index, however many schedules there are", async () => {
  const client = await database.connect();
  const { rows } = await client.query(`
    explain (format json) select id from site.report_schedules
    where next_at <= '2026-03-09' and deleted_at is null order by next_at, id limit 100`);
  await client.end();
  expect(JSON.stringify(rows)).toContain("report_schedules_next_idx");
});
