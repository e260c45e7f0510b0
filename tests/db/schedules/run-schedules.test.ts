import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { minutesAfterHour } from "#core/report/schedule-times.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { resumeWaiting } from "#usecases/reports/resume-waiting.ts";
import { getSchedule } from "#usecases/schedules/get-schedule.ts";
import { runSchedules } from "#usecases/schedules/run-schedules.ts";
import { updateSchedule } from "#usecases/schedules/update-schedule.ts";
import { createUser, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { daily, runsOf, scheduleDeps, type ScheduleDeps } from "./schedule-deps.ts";

let database: TestDatabase;
let site: TestSite;
let user: UserPrincipal;
let deps: ScheduleDeps;

beforeAll(async () => {
  database = await createDatabase();
});

beforeEach(async () => {
  // Each test is alone with its schedules: the cron takes those of all accounts.
  await database.db.execute(sql`update site.report_schedules set next_at = null`);
  site = await createSite(database.db);
  user = await createUser(database.db, site, { email: `ann-${site.siteId}@shop.example` });
  deps = scheduleDeps(database.db);
});

const make = async (more: Parameters<typeof daily>[2] = {}) =>
  await daily(deps, user, { siteId: site.publicId, ...more });
const read = async (id: string) => valueOf(await getSchedule(deps, { principal: user, scheduleId: id }));

/** The instant at which a schedule of eight o'clock in Berlin is due on a day of March 2026 (winter time). */
function dueOn(day: string, scheduleId: string): string {
  return new Date(Date.parse(`${day}T07:00:00Z`) + minutesAfterHour(scheduleId) * 60_000).toISOString();
}

const minuteBefore = (at: string) => new Date(Date.parse(at) - 60_000).toISOString();

it("begins a report when its time has come, not before, and asks for it once", async () => {
  const schedule = await make({ recipients: ["boss@else.example", user.email], skipEmpty: true });
  const due = dueOn("2026-03-10", schedule.id);
  expect(schedule.next[0]).toBe(due);

  deps.setNow(minuteBefore(due));
  await runSchedules(deps);
  expect(await runsOf(database.db, schedule.id)).toEqual([]);

  deps.setNow(due);
  await runSchedules(deps);
  await runSchedules(deps);
  const [run, ...others] = await runsOf(database.db, schedule.id);
  expect(others).toEqual([]);
  expect(run).toMatchObject({
    period: "2026-03-10",
    status: "pending",
    failure: null,
    title: "Test shop: performance",
    options: {
      from: "2026-03-09",
      to: "2026-03-09",
      isTest: false,
      skipEmpty: true,
      memberRecipients: [user.email],
    },
    deliveries: [
      // By address: ann@… before boss@….
      { recipient: user.email, status: "pending", kind: null },
      { recipient: "boss@else.example", status: "pending", kind: null },
    ],
  });
  expect(deps.buildMessages()).toEqual([run?.public_id]);
  expect(await read(schedule.id)).toMatchObject({
    next: [
      dueOn("2026-03-11", schedule.id),
      dueOn("2026-03-12", schedule.id),
      dueOn("2026-03-13", schedule.id),
    ],
    lastRun: { reportId: run?.public_id, period: "2026-03-10", status: "pending" },
    failure: null,
  });
});

it("begins each report once when two crons run at once, with the deliveries of one", async () => {
  const schedules = await Promise.all(Array.from({ length: 12 }, async () => await make()));
  deps.setNow("2026-03-10T08:00:00.000Z");
  await Promise.all([runSchedules(deps), runSchedules(deps), runSchedules(deps)]);

  for (const { id } of schedules) {
    // oxlint-disable-next-line no-await-in-loop
    const runs = await runsOf(database.db, id);
    expect(runs).toHaveLength(1);
    expect(runs[0]?.deliveries).toHaveLength(1);
  }
  expect(deps.buildMessages().toSorted()).toEqual([...new Set(deps.buildMessages())].toSorted());
  expect(deps.buildMessages()).toHaveLength(12);
});

it("keeps a report that the queue would not take: it is asked for later, and not made twice", async () => {
  const schedule = await make();
  deps.setNow(dueOn("2026-03-10", schedule.id));
  deps.vendors.queue = "down";
  await expect(runSchedules(deps)).rejects.toThrow("vendor is down");
  const [run] = await runsOf(database.db, schedule.id);
  expect(run).toMatchObject({ status: "pending" });

  deps.vendors.queue = "up";
  await runSchedules(deps);
  expect(await runsOf(database.db, schedule.id)).toHaveLength(1);
  expect(deps.buildMessages()).toEqual([]);

  const begun = Date.parse(dueOn("2026-03-10", schedule.id));
  const askedAfter = async (minutes: number) => {
    deps.setNow(new Date(begun + minutes * 60_000).toISOString());
    await resumeWaiting(deps);
    return deps.buildMessages().filter((id) => id === run?.public_id).length;
  };
  expect(await askedAfter(9)).toBe(0);
  expect(await askedAfter(10)).toBe(1);
  expect(await askedAfter(11)).toBe(1);
  expect(await askedAfter(19.5)).toBe(1);
  expect(await askedAfter(20.5)).toBe(2);
});

it("makes up for days without a cron by one report, of the latest day", async () => {
  const schedule = await make();
  deps.setNow("2026-03-15T12:00:00.000Z");
  await runSchedules(deps);
  await runSchedules(deps);

  const runs = await runsOf(database.db, schedule.id);
  expect(runs.map(({ period, options }) => [period, options.from, options.to])).toEqual([
    ["2026-03-15", "2026-03-14", "2026-03-14"],
  ]);
  expect(deps.logged).toContain("warn schedule_caught_up");
  expect((await read(schedule.id)).next[0]).toBe(dueOn("2026-03-16", schedule.id));
});

it("reports on the week before its day, even when the cron comes days late", async () => {
  const schedule = await make({ cadence: "weekly", weekday: 1 });
  // Monday is the 16th.
  deps.setNow("2026-03-19T12:00:00.000Z");
  await runSchedules(deps);
  const [run] = await runsOf(database.db, schedule.id);
  expect(run).toMatchObject({ period: "2026-03-16", options: { from: "2026-03-09", to: "2026-03-15" } });
  expect(deps.logged).not.toContain("warn schedule_caught_up");
});

it("makes no second report when the clock goes backwards", async () => {
  const schedule = await make();
  const due = dueOn("2026-03-10", schedule.id);
  for (const at of [due, minuteBefore(due), "2026-03-09T11:00:00.000Z", due]) {
    deps.setNow(at);
    // oxlint-disable-next-line no-await-in-loop
    await runSchedules(deps);
  }
  expect(await runsOf(database.db, schedule.id)).toHaveLength(1);
});

it("makes nothing while it is paused, and what fell into the pause is not made up for", async () => {
  const schedule = await make();
  const change = async (paused: boolean) =>
    valueOf(await updateSchedule(deps, { principal: user, scheduleId: schedule.id, request: { paused } }));
  expect(await change(true)).toMatchObject({ next: [], pausedAt: "2026-03-09T10:00:00.000Z" });

  deps.setNow("2026-03-12T12:00:00.000Z");
  await runSchedules(deps);
  expect(await change(false)).toMatchObject({ pausedAt: null });
  await runSchedules(deps);
  expect(await runsOf(database.db, schedule.id)).toEqual([]);

  deps.setNow(dueOn("2026-03-13", schedule.id));
  await runSchedules(deps);
  expect((await runsOf(database.db, schedule.id)).map(({ period }) => period)).toEqual(["2026-03-13"]);
});

it("makes one report a day, however its hour is moved on that day", async () => {
  const schedule = await make();
  const due = dueOn("2026-03-10", schedule.id);
  deps.setNow(due);
  await runSchedules(deps);
  const moved = valueOf(
    await updateSchedule(deps, { principal: user, scheduleId: schedule.id, request: { hour: 15 } }),
  );
  expect(moved.next[0]).toMatch(/^2026-03-11T14:/);
  deps.setNow("2026-03-10T20:00:00.000Z");
  await runSchedules(deps);
  expect(await runsOf(database.db, schedule.id)).toHaveLength(1);
});

it("sends nothing to whoever unsubscribed or was taken off the list", async () => {
  const schedule = await make({ recipients: [user.email, "left@else.example", "gone@else.example"] });
  await database.db.execute(sql`
    update site.report_recipients set unsubscribed_at = now() where address = 'left@else.example'`);
  const request = { recipients: [user.email, "left@else.example"] };
  valueOf(await updateSchedule(deps, { principal: user, scheduleId: schedule.id, request }));
  deps.setNow(dueOn("2026-03-10", schedule.id));
  await runSchedules(deps);
  const [run] = await runsOf(database.db, schedule.id);
  expect(run?.deliveries.map(({ recipient }) => recipient)).toEqual([user.email]);
});

it("sends nothing from a database that the account has moved away from", async () => {
  const schedule = await make();
  await database.db.execute(sql`
    update control.accounts set database = 'elsewhere' where id = ${site.accountId}`);
  deps.setNow(dueOn("2026-03-10", schedule.id));
  await runSchedules(deps);
  await runSchedules(deps);
  expect(await runsOf(database.db, schedule.id)).toEqual([]);
  expect(await read(schedule.id)).toMatchObject({ failure: "The account has moved to another database" });
});

describe("a broken schedule ends as failed, says why and harms no other", () => {
  const begin = async (id: string) => {
    const other = await make({ name: "Well" });
    deps.setNow("2026-03-10T08:00:00.000Z");
    await runSchedules(deps);
    expect(await runsOf(database.db, other.id)).toMatchObject([{ status: "pending" }]);
    return { runs: await runsOf(database.db, id), after: await read(id) };
  };

  it("where its only campaign is archived, for as long as it is", async () => {
    const campaign = await createCampaign(database.db, site, { name: `Spring ${site.siteId}` });
    const { rows } = await database.db.execute<{ public_id: string }>(sql`
      select public_id from site.campaigns where id = ${campaign}`);
    const schedule = await make({ kind: "sponsor", campaignIds: [rows[0]?.public_id ?? ""] });
    const archive = async (at: string | null) =>
      await database.db.execute(sql`
        update site.campaigns set archived_at = ${at}::timestamptz where id = ${campaign}`);
    await archive("2026-03-09T12:00:00Z");

    const { runs, after } = await begin(schedule.id);
    const failure = "The campaigns it is about are archived";
    expect(runs).toMatchObject([
      { status: "failed", failure, deliveries: [{ status: "failed", kind: "not_built" }] },
    ]);
    expect(deps.buildMessages()).not.toContain(runs[0]?.public_id);
    expect(after).toMatchObject({ failure, lastRun: { status: "failed" } });
    expect(after.next[0]).toBe(dueOn("2026-03-11", schedule.id));

    await archive(null);
    deps.setNow(dueOn("2026-03-11", schedule.id));
    await runSchedules(deps);
    expect(await runsOf(database.db, schedule.id)).toMatchObject([
      { status: "failed" },
      { status: "pending" },
    ]);
    expect((await read(schedule.id)).failure).toBe(null);
  });

  it("where its site is gone", async () => {
    const other = await createSite(database.db);
    await database.db.execute(sql`
      update site.sites set account_id = ${site.accountId} where id = ${other.siteId}`);
    const schedule = await make({ siteId: other.publicId });
    await database.db.execute(sql`delete from site.sites where id = ${other.siteId}`);
    const { runs } = await begin(schedule.id);
    expect(runs).toMatchObject([{ status: "failed", failure: "The site is not there any more" }]);
  });

  it("where its account is gone", async () => {
    const away = await createSite(database.db);
    const stranger = await createUser(database.db, away, { email: `bob-${away.siteId}@else.example` });
    const schedule = await daily(deps, stranger, { siteId: away.publicId });
    await database.db.execute(sql`delete from control.accounts where id = ${away.accountId}`);
    const other = await make({ name: "Well" });
    deps.setNow("2026-03-10T08:00:00.000Z");
    await runSchedules(deps);
    expect(await runsOf(database.db, schedule.id)).toMatchObject([
      { status: "failed", failure: "The account is not there any more" },
    ]);
    expect(await runsOf(database.db, other.id)).toMatchObject([{ status: "pending" }]);
  });

  it.each([
    ["a zone that is none", sql`time_zone = 'Mars/Olympus'`],
    ["a kind that is none", sql`kind = 'horoscope', options = '{"language":"xx"}'`],
    ["days that are none", sql`covers = 'for_ever'`],
  ])("where its row holds %s", async (_, damage) => {
    const schedule = await make();
    await database.db.execute(sql`
      update site.report_schedules set ${damage} where public_id = ${schedule.id}`);
    const other = await make({ name: "Well" });
    deps.setNow("2026-03-10T08:00:00.000Z");
    await runSchedules(deps);
    await runSchedules(deps);
    expect(await runsOf(database.db, other.id)).toMatchObject([{ status: "pending" }]);
    const { rows } = await database.db.execute<{ failure: string; next_at: string | null }>(sql`
      select failure, next_at from site.report_schedules where public_id = ${schedule.id}`);
    expect(rows).toMatchObject([
      { failure: expect.stringMatching(/time zone|set it up anew/), next_at: null },
    ]);
    expect(deps.logged.filter((line) => line === "error schedule_halted")).toHaveLength(1);
  });

  it("where Postgres refuses what the run of one would write", async () => {
    const schedule = await make();
    await database.db.execute(sql`
      alter table site.reports add constraint test_refused check (schedule_id is null or title <> 'Refused')`);
    try {
      const bad = await make({ title: "Refused" });
      const { runs } = await begin(schedule.id);
      expect(runs).toMatchObject([{ status: "pending" }]);
      expect(await runsOf(database.db, bad.id)).toEqual([]);
      const after = await read(bad.id);
      expect(after.failure).toBe("The report could not be begun (23514)");
      expect(after.next[0]).toBe(dueOn("2026-03-11", bad.id));
    } finally {
      await database.db.execute(sql`alter table site.reports drop constraint test_refused`);
    }
  });
});
