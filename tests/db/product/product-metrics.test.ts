import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { productMetrics, type ProductMetrics, type StepTimes } from "#contract/product-metrics.ts";
import type { Database } from "#db/database.ts";
import { createUser } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { getProductMetrics } from "#usecases/product/get-product-metrics.ts";
import { recomputeProductMetrics } from "#usecases/product/recompute-product-metrics.ts";
import { after, seedCampaign, seedConversion, seedReport, seedUser, type Registered } from "./seed-users.ts";
import { THIRTY_USERS, type SeededUser } from "./thirty-users.ts";

const NOW = new Date("2026-03-20T12:00:00.000Z");
const OLD = "2026-02-20T09:00:00.000Z";
let control: Database;
let second: Database;
let metrics: ProductMetrics;
let admin: UserPrincipal;
const people = new Map<number, Registered>();

beforeAll(async () => {
  ({ db: control } = await createDatabase());
  ({ db: second } = await createDatabase());
  admin = await createUser(control, await createSite(control), { email: "admin@people.example" });
  // Who looks on registered long before.
  await control.execute(
    sql`update control.users set created_at = ${OLD}::timestamptz where id = ${admin.userId}`,
  );
  for (const user of THIRTY_USERS) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, so that numbers follow each other
    people.set(user.number, await seedUser({ control, facts: user.number > 15 ? second : control }, user));
  }
  await seedConversions();
  await seedCampaignsAndReports();
  const deps = { databases: databases(), clock: { now: () => NOW } };
  await recomputeProductMetrics(deps);
  metrics = await getProductMetrics(deps, { user: admin, weeks: 3 });
});

function databases() {
  return {
    named: (name: string) => (name === "second" ? second : control),
    names: () => ["main", "second"],
  };
}

function person(number: number): Registered {
  const found = people.get(number);
  if (found === undefined) throw new RangeError(`No user ${number}`);
  return found;
}

function later(number: number, minutes: number): string {
  const user = THIRTY_USERS.find((one) => one.number === number);
  return after(user?.registeredAt ?? "", minutes);
}

/** Those that are nobody's first attributed conversion. */
async function seedConversions(): Promise<void> {
  const [four, fourteen] = [person(4), person(14)];
  if (four.site === null || fourteen.site === null) throw new Error("No site");
  await seedConversion(four.facts, four.site, { at: later(4, 70), hasContact: false });
  await seedConversion(fourteen.facts, fourteen.site, { at: later(14, 30), hasContact: true, isTest: true });
}

async function seedFirstCampaign({ number, registeredAt, campaign }: SeededUser): Promise<number> {
  if (campaign === null) return 0;
  const by = person(number);
  // 15 is in two accounts, and makes the first campaign in the other one.
  const within = number === 15 ? person(16) : by;
  return await seedCampaign(control, { by, within, at: after(registeredAt, campaign) });
}

async function seedCampaignsAndReports(): Promise<void> {
  const first = new Map<number, number>();
  // oxlint-disable-next-line no-await-in-loop -- as above
  for (const user of THIRTY_USERS) first.set(user.number, await seedFirstCampaign(user));
  const firstOf = (number: number): number => first.get(number) ?? 0;
  const [one, two, three, five, thirteen, fourteen] = [1, 2, 3, 5, 13, 14].map(person) as [
    Registered,
    Registered,
    Registered,
    Registered,
    Registered,
    Registered,
  ];
  const own = { by: one, within: one };
  const deleted = await seedCampaign(control, { ...own, at: later(1, 300), isArchived: true });
  await seedCampaign(control, { by: two, within: two, at: later(2, 390) });
  await seedCampaign(control, { by: five, within: five, at: later(5, 50), isArchived: true });
  // 1: a report of the first campaign, and one that names both for a sponsor.
  await seedReport({
    of: one,
    by: one,
    orderedAt: later(1, 190),
    campaigns: [firstOf(1)],
    mails: [{ status: "sent", at: later(1, 200) }],
  });
  await seedReport({
    of: one,
    by: one,
    orderedAt: later(1, 490),
    campaigns: [firstOf(1), deleted],
    mails: [{ status: "sent", at: later(1, 500) }],
  });
  // 2: of the whole site, ordered before the second campaign was there.
  await seedReport({
    of: two,
    by: two,
    orderedAt: later(2, 380),
    mails: [{ status: "sent", at: later(2, 400) }],
  });
  // 3: one that failed and one of which nobody knows.
  for (const status of ["failed", "unknown"] as const) {
    const mails = [{ status, at: later(3, 60) }];
    // oxlint-disable-next-line no-await-in-loop -- two
    await seedReport({ of: three, by: three, orderedAt: later(3, 60), campaigns: [firstOf(3)], mails });
  }
  // 13: of the whole account. 14: ordered by a program, one mail of two given up.
  await seedReport({
    of: thirteen,
    by: thirteen,
    orderedAt: later(13, 55),
    isAboutAccount: true,
    mails: [{ status: "sent", at: later(13, 60) }],
  });
  await seedReport({
    of: fourteen,
    by: null,
    orderedAt: later(14, 80),
    campaigns: [firstOf(14)],
    mails: [
      { status: "failed", at: later(14, 90) },
      { status: "sent", at: later(14, 90) },
    ],
  });
  await seedEarlier();
}

/** Somebody of before, whose campaign is of before, too; the report arrives now. */
async function seedEarlier(): Promise<void> {
  const user = { number: 0, registeredAt: OLD, site: 1, campaign: 2, event: null, conversion: null };
  const earlier = await seedUser({ control, facts: second }, user);
  const campaign = await seedCampaign(control, { by: earlier, within: earlier, at: after(OLD, 2) });
  const at = "2026-03-10T10:00:00.000Z";
  await seedReport({
    of: earlier,
    by: earlier,
    orderedAt: at,
    campaigns: [campaign],
    mails: [{ status: "sent", at }],
  });
}

/** In minutes: n, mean, p50, p75, p90, p95. A percentile is the ⌈p·n⌉-th of the times in order. */
function minutes(
  ...[n, mean, p50, p75, p90, p95]: [number, number, number, number, number, number]
): StepTimes {
  const ms = (value: number): number => value * 60_000;
  return { n, meanMs: ms(mean), p50Ms: ms(p50), p75Ms: ms(p75), p90Ms: ms(p90), p95Ms: ms(p95) };
}

function rounded(times: StepTimes | null): StepTimes | null {
  return times && { ...times, meanMs: Math.round(times.meanMs) };
}

describe("thirty users, by hand", () => {
  it("take as long to each step as they took, and who never got there is in no time", () => {
    expect(metrics.registered).toBe(30);
    const told = metrics.steps.map(({ step, users, times }) => [step, users, rounded(times)]);
    expect(told).toEqual([
      // 0, 4 and 25 times 5: 129 ÷ 27.
      ["site", 27, rounded(minutes(27, 129 / 27, 5, 5, 5, 5))],
      // 0 5 10 10 15 15 15 20 30 30 45 60 60 60 90 100 120 125 240 300 1440: 2,790 ÷ 21; the 11th, 16th, 19th, 20th.
      ["campaign", 21, rounded(minutes(21, 2_790 / 21, 45, 100, 240, 300))],
      // 10 20 20 30 45 45 60 75 90 120 180 240 600 2880: 4,415 ÷ 14; the 7th, 11th, 13th, 14th.
      ["event", 14, rounded(minutes(14, 4_415 / 14, 60, 180, 600, 2_880))],
      // 25 50 100 100 1500: 1,775 ÷ 5; the 3rd, 4th, 5th, 5th.
      ["conversion", 5, rounded(minutes(5, 355, 100, 100, 1_500, 1_500))],
      // 60 200 400: 660 ÷ 3; the 2nd, 3rd, 3rd, 3rd.
      ["report", 3, rounded(minutes(3, 220, 200, 400, 400, 400))],
    ]);
    expect(metrics.steps.map(({ share }) => share)).toEqual([27 / 30, 21 / 30, 14 / 30, 5 / 30, 3 / 30]);
  });

  it("have their time to first value by the week they registered in", () => {
    const told = metrics.cohorts.map(({ week, startsOn, registered, reached, ttfv }) => ({
      week,
      startsOn,
      registered,
      reached: Object.values(reached),
      ttfv: rounded(ttfv),
    }));
    expect(told).toEqual([
      {
        week: "2026-W12",
        startsOn: "2026-03-16",
        registered: 8,
        reached: [7, 4, 2, 1, 0],
        // 0 60 60 125
        ttfv: rounded(minutes(4, 61.25, 60, 60, 125, 125)),
      },
      {
        week: "2026-W11",
        startsOn: "2026-03-09",
        registered: 10,
        reached: [9, 7, 4, 1, 1],
        // 5 15 15 15 45 100 300
        ttfv: rounded(minutes(7, 495 / 7, 15, 100, 300, 300)),
      },
      {
        week: "2026-W10",
        startsOn: "2026-03-02",
        registered: 12,
        reached: [11, 10, 8, 3, 2],
        // 10 10 20 30 30 60 90 120 240 1440
        ttfv: rounded(minutes(10, 205, 30, 120, 240, 1_440)),
      },
    ]);
  });

  it("are counted in the bars of time to first value, each once, and its median meets the target", () => {
    const { bars, target, isMet } = metrics.ttfv;
    // Up to 15, 30, 60 minutes, 2, 4, 8, 24, 72 and 168 hours, and longer.
    expect(bars.map(({ users }) => users)).toEqual([7, 3, 4, 3, 2, 1, 1, 0, 0, 0]);
    expect([target, isMet]).toEqual([7_200_000, true]);
  });

  it("completed five of twenty-four campaigns: deleted ones count, failed and unknown mails do not", () => {
    const { created, completed, rate, isMet } = metrics.completion;
    expect({ created, completed, rate, isMet }).toEqual({
      created: 24,
      completed: 5,
      rate: 5 / 24,
      isMet: false,
    });
    expect(metrics.reports).toEqual({ delivered: 6, mailsFailed: 2 });
  });

  it("have had no request measured: no data, and not a rate of 0", () => {
    const { requests, rate, isMet } = metrics.errors;
    expect({ requests, rate, isMet }).toEqual({ requests: 0, rate: null, isMet: null });
    expect(productMetrics.safeParse(metrics).error).toBeUndefined();
  });

  it("are in the answer's week only, and looking is in the audit log", async () => {
    const deps = { databases: databases(), clock: { now: () => NOW } };
    const one = await getProductMetrics(deps, { user: admin, weeks: 1 });
    expect([one.registered, one.cohorts.length, one.completion.created]).toEqual([8, 1, 11]);
    const { rows } = await control.execute(sql`
      select detail from control.audit_log where user_id = ${admin.userId} and action = 'admin.product_metrics.read'`);
    expect(rows).toEqual([{ detail: { weeks: 3 } }, { detail: { weeks: 1 } }]);
  });
});
