// @module-tag long
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { systemIds } from "#platform/ids.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { ask, type Person } from "./api/people.ts";
import {
  addShop,
  agree,
  type OwnReportStack,
  settledReport,
  signUpConfirmed,
  startReportStack,
  type Shop,
} from "./api/reports-stack.ts";

const MINUTE = "* * * * *";
const HOUR = "7 * * * *";

let main: TestDatabase;
let second: TestDatabase;
let stack: OwnReportStack;
let owner: Person;
let shop: Shop;
let neighbour: TestSite;

beforeAll(async () => {
  [main, second] = await Promise.all([createDatabase(), createDatabase()]);
  stack = await startReportStack({
    database: main,
    further: { second },
    vars: { api: { NEW_ACCOUNTS_DATABASE: "second" } },
  });
  // Somebody who was there before the second database was.
  neighbour = await createSite(main.db);
  owner = await signUpConfirmed(stack);
  shop = await addShop(stack, owner);
  // The edge hears of the neighbour by the hourly cron.
  await stack.runCron(HOUR);
});
afterAll(async () => {
  await stack.stop();
});

async function view(siteKey: string): Promise<string> {
  const id = systemIds.uuid7(new Date());
  const event = {
    id,
    at: Date.now(),
    type: "pageview",
    url: "https://shop.example/?utm_campaign=Spring+%C5%81%C3%B3d%C5%BA",
  };
  const answer = await stack.collect("/e", {
    method: "POST",
    headers: { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" },
    body: JSON.stringify({
      v: 1,
      site: siteKey,
      sentAt: Date.now(),
      visitor: systemIds.uuid7(new Date()),
      events: [event],
    }),
  });
  expect(answer.status).toBe(202);
  return id;
}

async function stored({ db }: TestDatabase, id: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await db.execute(sql`select from site.events where event_id = ${id}`);
      expect(rows).toHaveLength(1);
    },
    { timeout: 30_000, interval: 100 },
  );
}

/** Rows of a site by table, over all tables of the schema that know a site. */
async function tablesWith({ db }: TestDatabase, siteId: number): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(sql`
    select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'site' and c.column_name = 'site_id' and t.table_type = 'BASE TABLE'`);
  const found = [];
  for (const { name } of tables.rows) {
    const { rows } = await db.execute(
      sql`select from site.${sql.identifier(name)} where site_id = ${siteId} limit 1`,
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}

async function intOf(publicId: string): Promise<{ siteId: number; siteKey: string }> {
  const { rows } = await main.db.execute<{ siteId: number; siteKey: string }>(sql`
    select site_id as "siteId", site_key as "siteKey" from control.site_directory where public_id = ${publicId}`);
  const [row] = rows;
  if (!row) throw new Error("no such site in the directory");
  return row;
}

async function admin(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: inject("stack").adminUrl });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

const nameOf = ({ databaseUrl }: TestDatabase) => new URL(databaseUrl).pathname.slice(1);

async function takeDown(database: TestDatabase): Promise<void> {
  const name = nameOf(database);
  await admin(
    `alter database ${name} with allow_connections false`,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
  );
}

async function bringBack(database: TestDatabase): Promise<void> {
  await admin(`alter database ${nameOf(database)} with allow_connections true`);
}

describe("an account that is placed in the second database", () => {
  test("lives there whole, from the first page view to the report, and nothing of it in the first", async () => {
    const { siteId, siteKey } = await intOf(shop.siteId);
    expect(siteId).not.toBe(neighbour.siteId);
    await stored(second, await view(siteKey));
    await stack.rollUp();

    const figures = await owner.ask(
      `GET /api/v1/campaigns/${shop.campaignId}/analytics?from=${shop.from}&to=${shop.to}`,
    );
    expect(figures.body["kpis"]).toMatchObject({ revenueMinor: 12_345 });
    const account = await owner.ask(`GET /api/v1/analytics?from=${shop.from}&to=${shop.to}`);
    expect(account.body["sites"]).toMatchObject([{ siteId: shop.siteId }]);
    const order = await owner.ask("POST /api/v1/reports", {
      siteId: shop.siteId,
      from: shop.from,
      to: shop.to,
      recipients: ["boss@elsewhere.example"],
    });
    await agree(stack, "boss@elsewhere.example");
    const report = await settledReport(owner, String(order.body["id"]));
    expect(report).toMatchObject({ status: "ready", deliveries: [{ status: "sent" }] });

    expect(await tablesWith(main, siteId)).toEqual([]);
    expect(await tablesWith(second, siteId)).toEqual(
      expect.arrayContaining([
        "events",
        "sessions",
        "touchpoints",
        "conversions",
        "receipts",
        "rollup_hours",
        "campaigns",
        "reports",
      ]),
    );
    const { rows } = await second.db.execute<{ people: number; sites: number }>(sql`
      select (select count(*)::int from control.accounts) + (select count(*)::int from control.users)
        + (select count(*)::int from control.site_directory) as people, (select count(*)::int from site.sites) as sites`);
    expect(rows).toEqual([{ people: 0, sites: 1 }]);
  });

  test("and one in the first: neither is in the other's", async () => {
    await stored(main, await view(neighbour.siteKey));
    await stack.rollUp();
    expect(await tablesWith(main, neighbour.siteId)).toEqual(
      expect.arrayContaining(["events", "rollup_hours"]),
    );
    expect(await tablesWith(second, neighbour.siteId)).toEqual([]);
  });
});

describe("while one database is away", () => {
  test("the other goes on, readiness says which it is, and nothing is lost when it comes back", async () => {
    const { siteKey } = await intOf(shop.siteId);
    await takeDown(second);
    const waiting = await view(siteKey);
    const through = await view(neighbour.siteKey);

    const ready = await ask(stack, "GET /readyz");
    expect(ready.status).toBe(503);
    expect(ready.body["databases"]).toEqual({ main: true, second: false });
    await stored(main, through);
    // A failed database fails the run, for the platform to see, after the others have been served.
    expect(await stack.runCron(MINUTE)).not.toBe("ok");
    const { rows: waitingHours } = await main.db.execute(sql`select from site.stale_hours`);
    expect(waitingHours).toEqual([]);
    expect((await owner.ask("GET /api/v1/me")).status).toBe(200);
    expect((await owner.ask("GET /api/v1/sites")).status).toBe(503);

    await bringBack(second);
    await stored(second, waiting);
    expect(await stack.runCron(MINUTE)).toBe("ok");
    expect((await ask(stack, "GET /readyz")).status).toBe(200);
    expect((await owner.ask("GET /api/v1/sites")).status).toBe(200);
  });
});

describe("ids of two databases", () => {
  test("never meet once each has a range of its own, so that a site can be handed over as it is", async () => {
    const moved = async (first: number) =>
      (await second.db.execute<{ n: number }>(sql`select site.start_ids_at(${first}) as n`)).rows[0]?.n;
    expect(await moved(500_000_000)).toBeGreaterThan(5);
    expect(await moved(500_000_000)).toBe(0);
    expect(await moved(5)).toBe(0);
    const made = await owner.ask(`POST /api/v1/sites/${shop.siteId}/campaigns`, {
      name: "Summer",
      channel: "email",
    });
    expect(made.status).toBe(201);
    const { rows } = await second.db.execute<{ id: number }>(sql`select max(id) as id from site.campaigns`);
    expect(rows[0]?.id).toBe(500_000_000);
  });
});
