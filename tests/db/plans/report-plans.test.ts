// @module-tag long
import type { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { failedReports } from "#db/queries/alerts/measure-reports.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { explain, growthOf, outgrown, type Plan } from "#tests/support/query-plan.ts";
import { createSite } from "#tests/support/sites.ts";

const AT = new Date();
const FEW = 2_000;
const MANY = 20_000;
let client: Client;
let accountId: number;

beforeAll(async () => {
  const database = await createDatabase();
  client = await database.connect();
  ({ accountId } = await createSite(database.db));
});

afterAll(async () => {
  await client.end();
});

/** Reports of the last year with a mail each; one in a hundred of the older ones failed, and none of today's. */
async function fillReports(from: number, to: number): Promise<void> {
  await client.query(
    `with made as (
       insert into site.reports (account_id, public_id, kind, title, options, status, failure, created_at)
       select $1, 'rep_' || n, 'campaign', 'Report', '{}', case n % 100 when 0 then 'failed' else 'ready' end, null,
         $2::timestamptz - interval '3 days' - n * interval '26 minutes'
       from generate_series($3::int, $4::int - 1) as n
       returning id, created_at, status
     )
     insert into site.report_deliveries (account_id, report_id, public_id, recipient, status, created_at, sent_at)
     select $1, id, 'dlv_' || id, 'a@b.example', case status when 'failed' then 'failed' else 'sent' end, created_at,
       created_at
     from made`,
    [accountId, AT.toISOString(), from, to],
  );
  await client.query("analyze site.reports, site.report_deliveries");
}

it("a minute's look for failed reports reads those of the last days, however many there are", async () => {
  await fillReports(0, FEW);
  const look = async (): Promise<Plan> => await explain(client, failedReports(AT));
  const growth = await growthOf(
    { look },
    { facts: /^(reports|report_deliveries)$/, grow: async () => await fillReports(FEW, MANY), fewPages: 10 },
  );
  expect(outgrown(growth)).toEqual({});
});
