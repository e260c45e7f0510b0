import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CreateScheduleRequest, UpdateScheduleRequest } from "#contract/report-schedules.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { createSchedule } from "#usecases/schedules/create-schedule.ts";
import { deleteSchedule } from "#usecases/schedules/delete-schedule.ts";
import { getSchedule } from "#usecases/schedules/get-schedule.ts";
import { listSchedules } from "#usecases/schedules/list-schedules.ts";
import { runScheduleNow, testSchedule } from "#usecases/schedules/order-run.ts";
import { previewSchedule } from "#usecases/schedules/preview-schedule.ts";
import { runSchedules } from "#usecases/schedules/run-schedules.ts";
import { updateSchedule } from "#usecases/schedules/update-schedule.ts";
import { createUser, keyPrincipal, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
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
  site = await createSite(database.db);
  user = await createUser(database.db, site, { email: `ann-${site.siteId}@shop.example` });
  deps = scheduleDeps(database.db);
});

const make = async (more: Parameters<typeof daily>[2] = {}) =>
  await daily(deps, user, { siteId: site.publicId, ...more });
const change = async (scheduleId: string, request: UpdateScheduleRequest) =>
  await updateSchedule(deps, { principal: user, scheduleId, request });
const list = async (principal = user) =>
  valueOf(await listSchedules(deps, { principal, site: undefined, afterId: null, limit: undefined })).items;

async function campaignOf(owner: TestSite, name: string): Promise<string> {
  const id = await createCampaign(database.db, owner, { name: `${name} ${owner.siteId}` });
  const { rows } = await database.db.execute<{ public_id: string }>(sql`
    select public_id from site.campaigns where id = ${id}`);
  return rows[0]?.public_id ?? "";
}

describe("a new schedule", () => {
  it("covers the whole period before it, in its site's zone, unless it was said", async () => {
    const covers = async (more: Partial<CreateScheduleRequest>) =>
      await make({ timeZone: undefined as never, ...more });
    expect(await covers({})).toMatchObject({ covers: "yesterday", timeZone: "Europe/Berlin", weekday: null });
    expect(await covers({ cadence: "weekly", monthDay: 4 })).toMatchObject({
      covers: "last_week",
      weekday: 1,
      monthDay: null,
    });
    expect(await covers({ cadence: "monthly" })).toMatchObject({ covers: "last_month", monthDay: 1 });
    expect(await covers({ cadence: "quarterly", covers: "last_90_days" })).toMatchObject({
      covers: "last_90_days",
    });
  });

  it("keeps what was asked for, and shows what stands at the default as left out", async () => {
    const campaign = await campaignOf(site, "Spring");
    const made = await make({
      kind: "sponsor",
      campaignIds: [campaign, campaign],
      title: "For the sponsor",
      note: "",
      model: "linear",
      branding: { logo: null, accent: "#0b6b6b" },
      formats: ["pdf", "xlsx"],
      subject: "Your figures",
    });
    expect(made).toMatchObject({
      kind: "sponsor",
      campaigns: [{ id: campaign, name: `Spring ${site.siteId}` }],
      formats: ["pdf", "xlsx"],
      subject: "Your figures",
      note: null,
    });
    expect(made.content).toEqual({
      kind: "sponsor",
      siteId: site.publicId,
      campaignIds: [campaign],
      title: "For the sponsor",
      model: "linear",
      branding: { logo: null, accent: "#0b6b6b" },
    });
    expect(await list()).toEqual([made]);
  });

  it("shows each recipient once with their state, and has those outside the account asked", async () => {
    const made = await make({ recipients: [user.email, "boss@else.example", "boss@else.example"] });
    expect(made.recipients).toEqual([
      { address: user.email, state: "member" },
      { address: "boss@else.example", state: "waiting" },
    ]);
    expect(deps.sent.filter(({ kind }) => kind === "ask-address")).toHaveLength(1);
  });

  it.each<[string, Partial<CreateScheduleRequest>, string]>([
    ["an unknown zone", { timeZone: "Mars/Olympus" }, "invalid_time_zone"],
    ["an offset for a zone", { timeZone: "+02:00" }, "invalid_time_zone"],
    ["another account's or no site", { siteId: "site_1111111111111111111111" }, "site_not_found"],
    ["a sponsor without campaigns", { kind: "sponsor" }, "campaigns_missing"],
    ["a campaign that is not there", { campaignIds: ["cmp_1111111111111111111111"] }, "unknown_campaign"],
    ["a currency that is none", { currency: "XQZ" }, "unknown_currency"],
  ])("is refused with %s", async (...[, more, kind]) => {
    const request = { name: "A", cadence: "daily", hour: 8, siteId: site.publicId, recipients: [user.email] };
    const refused = await createSchedule(deps, {
      principal: user,
      request: { ...request, ...more } as CreateScheduleRequest,
    });
    expect(refused).toMatchObject({ ok: false, error: { kind } });
    expect(await list()).toEqual([]);
  });

  it("goes outside the account only for whoever has confirmed an address", async () => {
    const unconfirmed = { ...user, isEmailConfirmed: false };
    const request = { name: "A", cadence: "daily", hour: 8, siteId: site.publicId } as const;
    const refused = await createSchedule(deps, {
      principal: unconfirmed,
      request: { ...request, recipients: [user.email, "boss@else.example"] },
    });
    expect(refused).toMatchObject({ ok: false, error: { kind: "email_unconfirmed" } });
    valueOf(
      await createSchedule(deps, {
        principal: unconfirmed,
        request: { ...request, recipients: [user.email] },
      }),
    );
  });
});

describe("a change", () => {
  it("sets what is given and leaves the rest, null leaves it to the account's settings again", async () => {
    const before = await make({ language: "de", note: "Hello", model: "linear", subject: "Figures" });
    const after = valueOf(await change(before.id, { language: null, note: null, name: "Later", hour: 9 }));
    expect(after).toMatchObject({
      name: "Later",
      hour: 9,
      note: null,
      subject: "Figures",
      content: { model: "linear" },
    });
    expect(after.content).not.toHaveProperty("language");
    expect(after.next[0]).toMatch(/^2026-03-10T08:/);
    expect(after.recipients).toEqual(before.recipients);
  });

  it("of the cadence reports on that cadence's period", async () => {
    const made = await make();
    const weekly = valueOf(await change(made.id, { cadence: "weekly", weekday: 5 }));
    expect(weekly).toMatchObject({ covers: "last_week", weekday: 5 });
    expect(weekly.next[0]).toMatch(/^2026-03-13T07:/);
  });

  it("of the site leaves the campaigns of the one before behind", async () => {
    const campaign = await campaignOf(site, "Spring");
    const made = await make({ campaignIds: [campaign] });
    const other = await createSite(database.db);
    await database.db.execute(
      sql`update site.sites set account_id = ${site.accountId} where id = ${other.siteId}`,
    );
    expect(valueOf(await change(made.id, { siteId: other.publicId }))).toMatchObject({
      siteId: other.publicId,
      campaigns: [],
    });
    const all = valueOf(await change(made.id, { siteId: null, kind: "executive-summary" }));
    expect(all).toMatchObject({ siteId: null, campaigns: [], kind: "executive-summary" });
  });

  it("of the list keeps whoever unsubscribed unsubscribed, and their link the same", async () => {
    const tokens = async () =>
      (
        await database.db.execute<{ address: string; unsubscribe_token: string }>(sql`
          select address, unsubscribe_token from site.report_recipients p
          join site.report_schedules s on s.id = p.schedule_id where s.public_id = ${made.id} order by address`)
      ).rows;
    const made = await make({ recipients: [user.email, "left@else.example"] });
    await database.db.execute(sql`
      update site.report_recipients p set unsubscribed_at = now() from site.report_schedules s
      where s.id = p.schedule_id and s.public_id = ${made.id} and p.address = 'left@else.example'`);
    const before = await tokens();

    valueOf(await change(made.id, { recipients: [user.email] }));
    const again = valueOf(await change(made.id, { recipients: [user.email, "left@else.example"] }));
    expect(again.recipients).toEqual([
      { address: user.email, state: "member" },
      { address: "left@else.example", state: "unsubscribed" },
    ]);
    expect(await tokens()).toEqual(before);
  });

  it("that is refused changes nothing", async () => {
    const made = await make();
    expect(await change(made.id, { name: "Later", timeZone: "Mars/Olympus" })).toMatchObject({ ok: false });
    expect(await list()).toEqual([made]);
  });
});

it("is nobody else's: another account neither sees nor changes it", async () => {
  const made = await make();
  const away = await createSite(database.db);
  const stranger = await createUser(database.db, away, { email: `bob-${away.siteId}@else.example` });
  const asked = { principal: stranger, scheduleId: made.id };
  const notFound = { ok: false, error: { kind: "schedule_not_found" } };
  expect(await list(stranger)).toEqual([]);
  expect(await getSchedule(deps, asked)).toEqual(notFound);
  expect(await updateSchedule(deps, { ...asked, request: { paused: true } })).toEqual(notFound);
  expect(await runScheduleNow(deps, asked)).toEqual(notFound);
  expect(await testSchedule(deps, asked)).toEqual(notFound);
  expect(await deleteSchedule(deps, asked)).toEqual(notFound);
  expect(await list()).toEqual([made]);
});

it("that is deleted makes nothing more, and its reports stay", async () => {
  const made = await make();
  valueOf(await runScheduleNow(deps, { principal: user, scheduleId: made.id }));
  valueOf(await deleteSchedule(deps, { principal: user, scheduleId: made.id }));
  expect(await list()).toEqual([]);
  deps.setNow("2026-03-20T10:00:00.000Z");
  await runSchedules(deps);
  expect(await runsOf(database.db, made.id)).toHaveLength(1);
});

describe("run now", () => {
  it("makes one report for all recipients however often it is clicked, beside the one that is due", async () => {
    const made = await make({ recipients: [user.email, "boss@else.example"], skipEmpty: true });
    const asked = { principal: user, scheduleId: made.id };
    const [first, second] = await Promise.all([runScheduleNow(deps, asked), runScheduleNow(deps, asked)]);
    expect(valueOf(first).id).toBe(valueOf(second).id);
    expect(deps.buildMessages()).toEqual([valueOf(first).id]);
    expect(valueOf(first)).toMatchObject({
      status: "pending",
      schedule: { id: made.id, name: "Every morning", period: "now-2026-03-09T10:00Z" },
      range: { from: "2026-03-08", to: "2026-03-08" },
    });
    expect(valueOf(first).deliveries.map(({ recipient }) => recipient)).toEqual([
      user.email,
      "boss@else.example",
    ]);

    deps.setNow("2026-03-10T08:00:00.000Z");
    await runSchedules(deps);
    const runs = await runsOf(database.db, made.id);
    expect(runs.map(({ period, options }) => [period, options.skipEmpty])).toEqual([
      ["now-2026-03-09T10:00Z", true],
      ["2026-03-10", true],
    ]);
  });

  it("is possible while it is paused, and moves no time", async () => {
    const made = await make();
    valueOf(await change(made.id, { paused: true }));
    valueOf(await runScheduleNow(deps, { principal: user, scheduleId: made.id }));
    expect(await list()).toMatchObject([{ next: [], lastRun: { period: "now-2026-03-09T10:00Z" } }]);
  });

  it("that the queue would not take is not there", async () => {
    const made = await make();
    deps.vendors.queue = "down";
    await expect(runScheduleNow(deps, { principal: user, scheduleId: made.id })).rejects.toThrow("down");
    expect(await runsOf(database.db, made.id)).toEqual([]);
  });
});

describe("a test", () => {
  it("goes to nobody but whoever asks, says that it is one, and is no run of the schedule", async () => {
    const made = await make({ recipients: ["boss@else.example"], skipEmpty: true });
    const report = valueOf(await testSchedule(deps, { principal: user, scheduleId: made.id }));
    expect(report.deliveries.map(({ recipient }) => recipient)).toEqual([user.email]);
    const [run] = await runsOf(database.db, made.id);
    expect(run?.options).toMatchObject({ isTest: true, skipEmpty: false, memberRecipients: [user.email] });
    expect(await list()).toMatchObject([{ lastRun: null }]);
  });

  it("is for people: a program has no mailbox", async () => {
    const made = await make();
    const asked = { principal: keyPrincipal(site), scheduleId: made.id };
    expect(await testSchedule(deps, asked)).toEqual({ ok: false, error: { kind: "user_required" } });
  });
});

describe("the preview", () => {
  const preview = async (request: Parameters<typeof previewSchedule>[1]["request"]) =>
    valueOf(await previewSchedule(deps, { principal: user, request }));

  it("shows the next three times with the days each reports on", async () => {
    const shown = await preview({ cadence: "monthly", monthDay: 31, hour: 9, timeZone: "Europe/Berlin" });
    expect(shown).toEqual({
      next: [
        { at: "2026-03-31T07:00:00.000Z", from: "2026-02-01", to: "2026-02-28" },
        { at: "2026-04-30T07:00:00.000Z", from: "2026-03-01", to: "2026-03-31" },
        { at: "2026-05-31T07:00:00.000Z", from: "2026-04-01", to: "2026-04-30" },
      ],
      spreadMinutes: 59,
    });
  });

  it("shows the very times that a saved schedule will send at", async () => {
    const made = await make();
    const { next, spreadMinutes } = await preview({
      cadence: "daily",
      hour: 8,
      timeZone: "Europe/Berlin",
      scheduleId: made.id,
    });
    expect(next.map(({ at }) => at)).toEqual(made.next);
    expect(spreadMinutes).toBe(0);
  });

  it("reports on no day that still runs at the site", async () => {
    // Eight in the morning in Tokyo is the evening before in New York.
    const away = await createSite(database.db, { timeZone: "America/New_York" });
    await database.db.execute(
      sql`update site.sites set account_id = ${site.accountId} where id = ${away.siteId}`,
    );
    const request = { cadence: "daily", hour: 8, timeZone: "Asia/Tokyo" } as const;
    const { next } = await preview({ ...request, siteId: away.publicId });
    expect(next[0]).toEqual({ at: "2026-03-09T23:00:00.000Z", from: "2026-03-08", to: "2026-03-08" });
    // In Berlin it is past midnight of the same day.
    const berlin = await preview({ ...request, siteId: site.publicId });
    expect(berlin.next[0]).toEqual({ at: "2026-03-09T23:00:00.000Z", from: "2026-03-09", to: "2026-03-09" });
  });
});
