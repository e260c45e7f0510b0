import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";

import type { Database } from "#db/database.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { createUser, siteRef, testDeps, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { noteFirstDelivery } from "#db/queries/deliveries/note-first-delivery.ts";
import { createCampaign } from "#usecases/campaigns/create-campaign.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { recordFirstSteps } from "#usecases/maintenance/record-first-steps.ts";
import { countAllProductDays } from "#usecases/product/count-product-days.ts";
import { recomputeProductMetrics } from "#usecases/product/recompute-product-metrics.ts";
import { type Registered, seedReport } from "./seed-users.ts";

const DAY_MS = 86_400_000;
const START = Date.parse("2026-03-09T10:00:00.000Z");
let db: Database;
let databaseUrl: string;
beforeAll(async () => {
  ({ db, databaseUrl } = await createDatabase());
});

type Story = { at: (days: number) => Date; site: TestSite; user: UserPrincipal; person: Registered };

async function begin(email: string): Promise<Story> {
  const site = await createSite(db);
  const user = await createUser(db, site, { email });
  const person = { userId: user.userId, accountId: site.accountId, site, facts: db };
  return { at: (days) => new Date(START + days * DAY_MS), site, user, person };
}

async function makeCampaign({ at, site, user }: Story, { name, day }: { name: string; day: number }) {
  const deps = testDeps(db, at(day));
  const request = { name, channel: "email" } as const;
  const made = valueOf(await createCampaign(deps, { principal: user, site: siteRef(site), request }));
  const { rows } = await db.execute<{ id: number }>(
    sql`select id from site.campaigns where public_id = ${made.id}`,
  );
  return rows[0]?.id ?? 0;
}

async function sell({ at, site }: Story, day: number): Promise<void> {
  const url = "https://shop.example/?utm_source=news&utm_medium=email";
  const occurred = at(day).getTime();
  const events = [
    { type: "pageview", at: occurred - 60_000, url } as const,
    { type: "conversion", at: occurred, url, conversion: { value: "5.00" } } as const,
  ];
  const message = ingestMessage({ siteId: site.siteId, visitor: visitorId(), receivedAt: occurred, events });
  await ingestEvents({ db, clock: { now: () => at(day) }, sites: new Map() }, [message]);
}

/** What the crons do, at the end of a day. */
async function crons({ at }: Story, day: number): Promise<void> {
  const deps = { databases: { named: () => db, names: () => ["main"] }, clock: { now: () => at(day) } };
  await recordFirstSteps(deps);
  await countAllProductDays(deps);
}

async function stored(): Promise<unknown> {
  const days = await db.execute(sql`
    select day, campaigns_created, campaigns_completed, reports_delivered, mails_failed
    from control.product_days order by day`);
  const users = await db.execute(sql`select * from control.user_metrics order by user_id`);
  return { days: days.rows, users: users.rows };
}

it("says what the crons have noted bit by bit, however often either is done", async () => {
  const story = await begin("story@people.example");
  const early = await makeCampaign(story, { name: "Early", day: 0 });
  await crons(story, 0.1);
  await sell(story, 1);
  const mails = [{ status: "sent" as const, at: story.at(1.5).toISOString() }];
  const orderedAt = story.at(1.4).toISOString();
  await seedReport({ of: story.person, by: story.person, orderedAt, campaigns: [early], mails });
  await noteFirstDelivery(db, { userId: story.user.userId, at: story.at(1.5) });
  await crons(story, 1.6);
  await makeCampaign(story, { name: "Late", day: 2 });
  // Of the whole site: it completes a campaign of an earlier day.
  const later = [{ status: "sent" as const, at: story.at(5).toISOString() }];
  await seedReport({ of: story.person, by: null, orderedAt: story.at(4.9).toISOString(), mails: later });
  const failed = [{ status: "failed" as const, at: story.at(5).toISOString() }];
  await seedReport({ of: story.person, by: null, orderedAt: story.at(4.9).toISOString(), mails: failed });
  await crons(story, 5.1);
  await crons(story, 5.1);

  const noted = await stored();
  expect(noted).toMatchObject({
    days: [
      {
        day: "2026-03-09",
        campaigns_created: 1,
        campaigns_completed: 1,
        reports_delivered: 0,
        mails_failed: 0,
      },
      {
        day: "2026-03-10",
        campaigns_created: 0,
        campaigns_completed: 0,
        reports_delivered: 1,
        mails_failed: 0,
      },
      {
        day: "2026-03-11",
        campaigns_created: 1,
        campaigns_completed: 1,
        reports_delivered: 0,
        mails_failed: 0,
      },
      {
        day: "2026-03-14",
        campaigns_created: 0,
        campaigns_completed: 0,
        reports_delivered: 1,
        mails_failed: 1,
      },
    ],
  });
  const deps = { databases: { named: () => db, names: () => ["main"] }, clock: { now: () => story.at(6) } };
  // Even where all that was noted is wrong, or gone.
  await db.execute(sql`update control.product_days set campaigns_created = 99`);
  await db.execute(sql`insert into control.product_days values ('main', '2020-01-01', 1, 1, 1, 1, now())`);
  await db.execute(sql`
    update control.user_metrics set first_campaign_at = null, first_event_at = null, first_report_delivered_at = now()`);
  await recomputeProductMetrics(deps);
  expect(await stored()).toEqual(noted);
});

it("is a command, for which the environment names the databases", async () => {
  const run = async (...parameters: string[]) =>
    await promisify(execFile)(process.execPath, ["scripts/product-metrics.ts", ...parameters], {
      cwd: projectFolder,
      env: { ...process.env, DATABASE_URL: databaseUrl },
    });
  expect(await run("recompute")).toMatchObject({ stdout: "Product metrics worked out anew, of main.\n" });
  await expect(run()).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("Usage") });
});
