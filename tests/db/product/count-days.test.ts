import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";

import { countProductDays, type ProductDay, productDays } from "#db/queries/product/count-days.ts";
import { seeded } from "#tests/db/attribution/random-site.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { explain, nodesOf, thrownAwayOf } from "#tests/support/query-plan.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { type Registered, seedCampaign, seedReport, type SeededReport } from "./seed-users.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.parse("2026-03-01T00:00:00.000Z");
const DAYS = 12;
const MAIL_STATES = ["sent", "sent", "failed", "unknown", "built"] as const;

type Campaign = { id: number; of: Registered; at: string };
type World = { campaigns: Campaign[]; reports: SeededReport[] };

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await createDatabase();
  world = await tellWorld(seeded(11));
});

/** Two accounts of two sites each, with campaigns, and reports of each scope, whose mails went out in another order. */
async function tellWorld(random: () => number): Promise<World> {
  const someTime = (): string =>
    // Some fall on one instant: a report counts for a campaign that was made at the moment it was ordered.
    new Date(START_MS + Math.floor(random() * DAYS * 4) * 6 * HOUR_MS).toISOString();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] ?? fault();
  const all = [...(await accountOfTwoSites(1)), ...(await accountOfTwoSites(2))];
  const campaigns: Campaign[] = [];
  for (let n = 0; n < 40; n += 1) {
    const of = pick(all);
    const at = someTime();
    campaigns.push({ id: await seedCampaign(database.db, { by: of, within: of, at }), of, at });
  }
  const reports: SeededReport[] = [];
  for (let n = 0; n < 30; n += 1) {
    const of = pick(all);
    const named = campaigns.filter((campaign) => campaign.of.accountId === of.accountId).map(({ id }) => id);
    const orderedAt = someTime();
    const mails = Array.from({ length: n % 3 }, () => ({
      status: pick(MAIL_STATES),
      at: new Date(Date.parse(orderedAt) + Math.floor(random() * 72) * HOUR_MS).toISOString(),
    }));
    const about = { campaigns: n % 4 === 0 ? [] : [pick(named), pick(named)].slice(n % 2) };
    const report = { of, by: of, orderedAt, ...about, isAboutAccount: n % 8 === 0, mails };
    await seedReport(report);
    reports.push(report);
  }
  return { campaigns, reports };
}

async function accountOfTwoSites(userId: number): Promise<Registered[]> {
  const [one, other] = [await createSite(database.db), await createSite(database.db)];
  const { accountId } = one;
  await database.db.execute(sql`update site.sites set account_id = ${accountId} where id = ${other.siteId}`);
  const registered = (site: TestSite): Registered => ({ userId, accountId, site, facts: database.db });
  return [registered(one), registered({ ...other, accountId })];
}

function fault(): never {
  throw new Error("There is nothing to choose from");
}

/** When the first mail with the report was sent; null: none was. */
function deliveredAt({ mails }: SeededReport): string | null {
  const sent = mails.filter(({ status }) => status === "sent").map(({ at }) => at);
  return sent.toSorted()[0] ?? null;
}

function isAbout({ of, campaigns = [], isAboutAccount }: SeededReport, campaign: Campaign): boolean {
  if (of.accountId !== campaign.of.accountId) return false;
  if (campaigns.length > 0) return campaigns.includes(campaign.id);
  return isAboutAccount === true || of.site?.siteId === campaign.of.site?.siteId;
}

function completedAt(campaign: Campaign): string | null {
  const about = world.reports.filter(
    (report) => report.orderedAt >= campaign.at && isAbout(report, campaign),
  );
  return about.flatMap((report) => deliveredAt(report) ?? []).toSorted()[0] ?? null;
}

/** The same days, each figure counted by itself. */
function recounted(since: string): ProductDay[] {
  const dayOf = (at: string): string => at.slice(0, 10);
  const campaigns = world.campaigns.map((campaign) => ({
    at: campaign.at,
    completed: completedAt(campaign),
  }));
  const delivered = world.reports.flatMap((report) => deliveredAt(report) ?? []);
  const failed = world.reports.flatMap(({ mails, orderedAt }) =>
    mails.filter(({ status }) => status === "failed").map(() => orderedAt),
  );
  const settled = new Date(Date.parse(since) - 2 * DAY_MS).toISOString();
  const touched = [
    ...campaigns.filter(({ at }) => at >= since).map(({ at }) => at),
    ...campaigns.filter(({ completed }) => completed !== null && completed >= since).map(({ at }) => at),
    ...delivered.filter((at) => at >= since),
    ...failed.filter((at) => at >= settled),
  ];
  return [...new Set(touched.map(dayOf))].toSorted().map((day) => ({
    day,
    campaignsCreated: campaigns.filter(({ at }) => dayOf(at) === day).length,
    campaignsCompleted: campaigns.filter(({ at, completed }) => dayOf(at) === day && completed !== null)
      .length,
    reportsDelivered: delivered.filter((at) => dayOf(at) === day).length,
    mailsFailed: failed.filter((at) => dayOf(at) === day).length,
  }));
}

it("counts every day as counting one by one does, whatever reports are about and in whichever order mails go out", async () => {
  const days = await countProductDays(database.db, null);

  expect(days).toEqual(recounted("2000-01-01T00:00:00.000Z"));
  const completed = days.reduce((sum, day) => sum + day.campaignsCompleted, 0);
  expect(completed).toBeGreaterThan(10);
  expect(completed).toBeLessThan(world.campaigns.length);
});

it("counts anew just those days that may have changed since, each as a whole", async () => {
  for (let day = 0; day <= DAYS + 3; day += 1) {
    const since = new Date(START_MS + day * DAY_MS + HOUR_MS);
    expect(await countProductDays(database.db, since)).toEqual(recounted(since.toISOString()));
  }
});

it("never holds each campaign against each report", async () => {
  const many = 500;
  const other = await createDatabase();
  const { siteId, accountId } = await createSite(other.db);
  const client = await other.connect();
  await client.query(
    `insert into site.campaigns (site_id, public_id, name, channel, status, currency, created_at, updated_at)
     select $1::int, 'cmp_' || n, 'c' || n, 'email', 'active', 'EUR', now() - n * interval '1 hour', now()
     from generate_series(1, $2::int) as n`,
    [siteId, many],
  );
  await client.query(
    `with report as (
       insert into site.reports (account_id, site_id, campaign_id, campaign_ids, public_id, kind, title, options, status,
         created_at)
       select $2::int, case when n % 3 > 0 then $1::int end, case when n % 3 = 2 then c.id end, '{}', 'rep_' || n, 'roi',
         'Report', '{}', 'ready', now() - n * interval '1 hour'
       from generate_series(1, $3::int) as n join site.campaigns c on c.site_id = $1::int and c.name = 'c' || n
       returning id, created_at
     )
     insert into site.report_deliveries (account_id, report_id, public_id, recipient, status, created_at, sent_at)
     select $2::int, id, 'dlv_' || id, 'a@people.example', 'sent', created_at, created_at + interval '1 minute' from report`,
    [siteId, accountId, many],
  );
  await client.query("analyze");
  for (const since of [null, new Date(Date.now() - 2 * HOUR_MS)]) {
    const plan = await explain(client, productDays(since));
    const rows = nodesOf(plan).map((node) => (node["Actual Rows"] ?? 0) * (node["Actual Loops"] ?? 0));
    expect(Math.max(...rows)).toBeLessThan(4 * many);
    expect(thrownAwayOf(plan)).toBeLessThan(4 * many);
  }
  await client.end();
});
