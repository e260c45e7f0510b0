import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { list } from "#contract/primitives.ts";
import { schedule as scheduleShape, schedulePreview, type Schedule } from "#contract/report-schedules.ts";
import { report as reportShape } from "#contract/reports.ts";
import { addMember, addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { sharedApi, type RunningApi } from "./start-api.ts";

let api: RunningApi;
let owner: Person;
let siteId: string;

beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
  siteId = String((await owner.ask("POST /api/v1/sites", SHOP)).body["id"]);
});

const wanted = () => ({
  name: "Monday figures",
  cadence: "weekly",
  weekday: 1,
  hour: 8,
  siteId,
  recipients: [owner.email],
});

async function make(more: object = {}): Promise<Schedule> {
  const { status, body } = await owner.ask("POST /api/v1/report-schedules", { ...wanted(), ...more });
  expect(status).toBe(201);
  return scheduleShape.parse(body);
}

const path = ({ id }: { id: string }) => `/api/v1/report-schedules/${id}`;

describe("schedules", () => {
  it("are made, shown, listed, changed, paused, resumed and deleted", async () => {
    const made = await make();
    expect(made).toMatchObject({ timeZone: SHOP.timeZone, covers: "last_week", formats: ["pdf"] });
    expect(made.next).toHaveLength(3);
    expect((await owner.ask(`GET ${path(made)}`)).body).toEqual(made);
    const page = list(scheduleShape).parse(
      (await owner.ask(`GET /api/v1/report-schedules?site=${siteId}&limit=200`)).body,
    );
    expect(page.items).toContainEqual(made);

    const changed = await owner.ask(`PATCH ${path(made)}`, { hour: 9, cadence: "monthly", monthDay: 31 });
    expect(changed).toMatchObject({
      status: 200,
      body: { hour: 9, cadence: "monthly", covers: "last_month" },
    });
    const paused = await owner.ask(`PATCH ${path(made)}`, { paused: true });
    expect(paused.body).toMatchObject({ next: [], pausedAt: expect.any(String) });
    const resumed = await owner.ask(`PATCH ${path(made)}`, { paused: false });
    expect(resumed.body).toMatchObject({ pausedAt: null, next: changed.body["next"] });

    expect((await owner.ask(`DELETE ${path(made)}`)).status).toBe(204);
    expect((await owner.ask(`GET ${path(made)}`)).status).toBe(404);
    expect((await owner.ask(`DELETE ${path(made)}`)).status).toBe(404);
  });

  it("are listed page by page, newest first", async () => {
    const newest = [await make(), await make(), await make()].toReversed();
    const first = list(scheduleShape).parse((await owner.ask("GET /api/v1/report-schedules?limit=2")).body);
    expect(first.items.map(({ id }) => id)).toEqual(newest.slice(0, 2).map(({ id }) => id));
    const next = await owner.ask(`GET /api/v1/report-schedules?limit=2&after=${first.next}`);
    expect(list(scheduleShape).parse(next.body).items[0]?.id).toBe(newest[2]?.id);
    expect((await owner.ask("GET /api/v1/report-schedules?after=nonsense")).body).toMatchObject({
      code: "invalid_cursor",
    });
  });

  it("are made once for an idempotency key", async () => {
    const key = { "idempotency-key": "monday-figures" };
    const first = await owner.ask("POST /api/v1/report-schedules", wanted(), key);
    const second = await owner.ask("POST /api/v1/report-schedules", wanted(), key);
    expect(second.body).toEqual(first.body);
  });

  it("run now for everybody, and as a test for whoever asks", async () => {
    const made = await make();
    const run = await owner.ask(`POST ${path(made)}/run`);
    expect(run.status).toBe(202);
    expect(reportShape.parse(run.body)).toMatchObject({
      schedule: { id: made.id, period: expect.stringMatching(/^now-/) },
    });
    const test = await owner.ask(`POST ${path(made)}/test`);
    expect(test.status).toBe(202);
    expect(reportShape.parse(test.body).deliveries.map(({ recipient }) => recipient)).toEqual([owner.email]);

    const { rows } = await api.db.execute(sql`
      select action from control.audit_log where subject = ${made.id} order by id`);
    expect(rows.map(({ action }) => action)).toEqual([
      "report_schedule.create",
      "report_schedule.run",
      "report_schedule.test",
    ]);
  });

  it("are previewed before they are saved", async () => {
    const asked = { cadence: "quarterly", monthDay: 1, hour: 7, timeZone: "Asia/Kolkata" };
    const answer = await owner.ask("POST /api/v1/report-schedules/preview", asked);
    expect(answer.status).toBe(200);
    const preview = schedulePreview.parse(answer.body);
    expect(preview.next).toHaveLength(3);
    for (const { at } of preview.next) expect(at).toMatch(/T01:30:00\.000Z$/);
  });
});

describe("is refused", () => {
  it.each([
    ["an hour that is none", { hour: 24 }, "invalid_request"],
    ["nobody to send it to", { recipients: [] }, "invalid_request"],
    ["a zone that is none", { timeZone: "Mars/Olympus" }, "invalid_time_zone"],
    ["a report of all sites that is no summary", { siteId: undefined }, "invalid_request"],
    ["a sponsor report without campaigns", { kind: "sponsor" }, "invalid_request"],
    ["a currency that is none", { currency: "XQZ" }, "invalid_currency"],
  ])("%s", async (...[, more, code]) => {
    const answer = await owner.ask("POST /api/v1/report-schedules", { ...wanted(), ...more });
    expect(answer).toMatchObject({ status: 400, body: { code } });
  });

  it("an outside address, of whoever has not confirmed their own", async () => {
    const request = { ...wanted(), recipients: ["boss@else.example"] };
    const answer = await owner.ask("POST /api/v1/report-schedules", request);
    expect(answer).toMatchObject({ status: 403, body: { code: "email_unconfirmed" } });
  });

  it("a test for a program, a change by a viewer, anything by nobody", async () => {
    const made = await make();
    const program = await addProgram(api, owner, ["reports:write"]);
    expect(await program.ask(`POST ${path(made)}/test`)).toMatchObject({
      status: 403,
      body: { code: "user_required" },
    });
    const viewer = await addMember(api, owner, "viewer");
    expect((await viewer.ask(`GET ${path(made)}`)).status).toBe(200);
    for (const route of [`PATCH ${path(made)}`, `DELETE ${path(made)}`, `POST ${path(made)}/run`]) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await viewer.ask(route, {})).body).toMatchObject({ code: "role_forbidden" });
    }
    for (const route of ["GET /api/v1/report-schedules", `POST ${path(made)}/run`, `GET ${path(made)}`]) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await ask(api, route)).status).toBe(401);
    }
  });

  it("another account's schedule and site: there is none", async () => {
    const made = await make();
    const stranger = await signUp(api);
    const requests: [string, object?][] = [
      [`GET ${path(made)}`],
      [`PATCH ${path(made)}`, { paused: true }],
      [`DELETE ${path(made)}`],
      [`POST ${path(made)}/run`],
      [`POST ${path(made)}/test`],
      [`GET /api/v1/report-schedules?site=${siteId}`],
      ["POST /api/v1/report-schedules", { ...wanted(), recipients: [stranger.email] }],
      ["POST /api/v1/report-schedules/preview", { cadence: "weekly", weekday: 1, hour: 8, siteId }],
      [`GET ${path({ id: "sch_nonsense" })}`],
    ];
    for (const [route, body] of requests) {
      // oxlint-disable-next-line no-await-in-loop
      const answer = await stranger.ask(route, body);
      expect([route, answer.status, answer.body["code"]]).toEqual([route, 404, "not_found"]);
    }
    expect((await owner.ask(`GET ${path(made)}`)).body).toEqual(made);
  });
});
