// @module-tag long
import { sql } from "drizzle-orm";
import { beforeAll, expect, test, vi } from "vitest";
import { attribution } from "#contract/attribution.ts";
import { list } from "#contract/primitives.ts";
import {
  run as runShape,
  runComparison,
  runDetails,
  type RunComparison,
  type RunDetails,
} from "#contract/runs.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import { eventId, visitorId } from "#tests/support/messages.ts";
import { addMember, addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { sharedReportStack, type ReportStack } from "./reports-stack.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const NOW = Date.now() - HOUR;
const UNKNOWN = `run_${"1".repeat(22)}`;
const [buyer, laterNamed, erased] = [visitorId(), visitorId(), visitorId()];
let stack: ReportStack;
let owner: Person;
let program: Person;
let siteId: string;
let spring: string;
let today: string;

beforeAll(async () => {
  stack = await sharedReportStack();
  owner = await signUp(stack);
  siteId = String((await owner.ask("POST /api/v1/sites", SHOP)).body["id"]);
  today = siteDay(NOW, SHOP.timeZone);
  const campaign = { name: "Spring", channel: "email" };
  spring = String((await owner.ask(`POST /api/v1/sites/${siteId}/campaigns`, campaign)).body["id"]);
  program = await addProgram(stack, owner, ["events:write"]);
  await send([
    visit(buyer, 2 * DAY, "spring"),
    order(buyer, DAY, ["A-1", "100.01"]),
    visit(laterNamed, 2 * DAY, "summer"),
    order(laterNamed, DAY, ["A-2", "50.00"]),
    visit(erased, 2 * DAY, "spring"),
    order(erased, DAY, ["A-3", "30.00"]),
  ]);
  await spend(5_000);
});

const at = (agoMs: number) => NOW - agoMs;

function visit(visitor: string, agoMs: number, campaign: string) {
  const url = `https://shop.example/?utm_source=news&utm_campaign=${campaign}`;
  return { id: eventId(at(agoMs)), at: at(agoMs), type: "pageview", visitor, url };
}

function order(visitor: string, agoMs: number, [orderId, value]: [string, string]) {
  const conversion = { type: "purchase", value, currency: "EUR", orderId };
  return { id: eventId(at(agoMs)), at: at(agoMs), type: "conversion", visitor, conversion };
}

async function send(events: object[]): Promise<void> {
  const sent = await program.ask("POST /api/v1/events", { siteId, events });
  expect(sent.body).toMatchObject({ accepted: events.length, rejected: [] });
}

async function spend(amountMinor: number): Promise<void> {
  const rows = [{ day: today, amountMinor }];
  expect((await owner.ask(`PUT /api/v1/campaigns/${spring}/spend`, { rows })).status).toBe(200);
}

const question = () => ({ from: addDays(today, -5), to: today });

async function made(route: string, body: object): Promise<RunDetails> {
  const ordered = await owner.ask(route, body);
  expect(ordered.status).toBe(202);
  const { id } = runShape.parse(ordered.body);
  return await vi.waitFor(
    async () => {
      const found = runDetails.parse((await owner.ask(`GET /api/v1/attribution-runs/${id}`)).body);
      if (found.status !== "ready") throw new Error(`Run ${id} is ${found.status}: ${found.failure}`);
      return found;
    },
    { timeout: 20_000, interval: 100 },
  );
}

const create = async (given: object = {}) =>
  await made(`POST /api/v1/sites/${siteId}/attribution-runs`, { name: "February", ...question(), ...given });

async function comparison(runId: string, query: string): Promise<RunComparison> {
  const answer = await owner.ask(`GET /api/v1/attribution-runs/${runId}/comparison?${query}`);
  expect(answer.status).toBe(200);
  return runComparison.parse(answer.body);
}

async function workbench(): Promise<unknown> {
  const { from, to } = question();
  const answer = await owner.ask(`GET /api/v1/sites/${siteId}/attribution?from=${from}&to=${to}`);
  const shown = attribution.parse(answer.body);
  return shown.status === "ready" ? [shown.totals, shown.rows] : null;
}

const figures = ({ answer }: RunDetails) => [answer?.totals, answer?.rows];

/** Sums of reasons are the change, of the whole and of every group. */
function expectExplained({ total, groups }: RunComparison): void {
  for (const { before, after, change, reasons } of [total, ...groups]) {
    const sum = (of: "conversions" | "revenueMinor" | "spendMinor") =>
      reasons.reduce((all, reason) => all + reason[of], 0);
    expect(change.revenueMinor).toBe(after.revenueMinor - before.revenueMinor);
    expect(sum("revenueMinor")).toBe(change.revenueMinor);
    expect(sum("spendMinor")).toBe(change.spendMinor);
    expect(sum("conversions")).toBeCloseTo(change.conversions, 9);
  }
}

/** Each reason has its examples; what is not erased leads to a journey, a refund to that of its conversion. */
async function expectJourneys({ examples }: RunComparison): Promise<void> {
  const led = examples.map(({ id, reason, conversionId }) =>
    conversionId === null ? [reason, "nowhere"] : [reason, conversionId === id ? "itself" : "its conversion"],
  );
  expect(new Map(led as [string, string][])).toEqual(
    new Map([
      ["erased", "nowhere"],
      ["refund", "its conversion"],
      ["late", "itself"],
      ["matcher", "itself"],
    ]),
  );
  for (const { conversionId } of examples.filter((example) => example.conversionId !== null)) {
    const journey = await owner.ask(`GET /api/v1/sites/${siteId}/journeys/${conversionId}`);
    expect(journey.body).toMatchObject({ conversion: { id: conversionId } });
  }
}

test("a run stays as it was, to the cent; recomputed, every difference has its reason", async () => {
  const first = await create({ name: "As of then" });
  expect(figures(first)).toEqual(await workbench());
  expect(first).toMatchObject({ name: "As of then", items: 3, rates: [], recomputeOf: null });
  expect(first.dataVersion).toBe(first.answer?.basis.dataVersion);
  const before = await owner.ask(`GET /api/v1/attribution-runs/${first.id}`);

  await send([order(buyer, 12 * HOUR, ["A-4", "7.00"]), visit(laterNamed, 36 * HOUR, "other")]);
  await send([{ id: eventId(at(0)), at: at(0), type: "refund", refund: { orderId: "A-1", value: "10.00" } }]);
  const named = { name: "Summer", channel: "display" };
  expect((await owner.ask(`POST /api/v1/sites/${siteId}/campaigns`, named)).status).toBe(201);
  await spend(6_000);
  const gone = await owner.ask(`DELETE /api/v1/sites/${siteId}/visitors/${erased}`);
  expect(gone.status).toBeLessThan(300);
  await stack.rollUp();

  const again = await owner.ask(`GET /api/v1/attribution-runs/${first.id}`);
  expect(again.text).toBe(before.text);

  const second = await made(`POST /api/v1/attribution-runs/${first.id}/recompute`, {});
  expect(second).toMatchObject({ name: "As of then", recomputeOf: first.id, items: 4 });
  expect(figures(second)).toEqual(await workbench());
  const shown = await comparison(second.id, "model=linear");
  expectExplained(shown);
  expect(shown.changedOptions).toEqual([]);
  expect(shown.total.before).toMatchObject({ conversions: 3, revenueMinor: 18_001, spendMinor: 5_000 });
  expect(shown.total.after).toMatchObject({
    conversions: 3,
    revenueMinor: 14_701,
    spendMinor: 6_000,
  });
  const told = shown.total.reasons.map(({ reason, count, revenueMinor }) => [reason, count, revenueMinor]);
  expect(new Map(told.map(([reason, ...rest]) => [reason, rest]))).toEqual(
    new Map<unknown, unknown[]>([
      ["erased", [1, -3_000]],
      ["refund", [1, -1_000]],
      // The late order, and the late visit that takes half of another one.
      ["late", [2, 700]],
      ["matcher", [1, 0]],
      ["spend", [1, 0]],
    ]),
  );
  const summer = shown.groups.find(({ name }) => name === "Summer");
  expect(summer?.reasons.map(({ reason, revenueMinor }) => [reason, revenueMinor])).toEqual([
    ["matcher", 5_000],
    ["late", -2_500],
  ]);
  await expectJourneys(shown);

  const chain = await comparison(second.id, "model=markov");
  expectExplained(chain);
  expect(chain.total.reasons.map(({ reason }) => reason)).toEqual(["chain", "spend"]);
});

test("runs of other options differ by their options, and by nothing else", async () => {
  const wide = await create({ models: ["last", "linear", "time_decay"] });
  const narrow = await create({ options: { lookbackDays: 1, direct: "exclude_unless_only" } });
  expect(wide.answer?.models).toEqual(["last", "linear", "time_decay"]);
  for (const model of ["last", "linear", "time_decay"]) {
    const shown = await comparison(narrow.id, `with=${wide.id}&model=${model}`);
    expectExplained(shown);
    expect(shown.changedOptions).toEqual(["lookbackDays", "direct"]);
    expect(shown.total.reasons.map(({ reason }) => reason)).toEqual(["options"]);
    expect(shown.total.change).toEqual({ conversions: 0, revenueMinor: 0, spendMinor: 0 });
    expect(shown.groups.find(({ kind }) => kind === "unattributed")?.change.conversions).toBeGreaterThan(0);
  }
  const refused = await owner.ask(
    `GET /api/v1/attribution-runs/${narrow.id}/comparison?with=${wide.id}&model=first`,
  );
  expect(refused).toMatchObject({ status: 400, body: { code: "not_comparable" } });
});

test("runs are listed newest first, renamed and deleted; a repeated request makes one", async () => {
  const route = `POST /api/v1/sites/${siteId}/attribution-runs`;
  const body = { name: "Twice", ...question(), by: "channel" };
  const key = { "idempotency-key": eventId(NOW) };
  const [one, two] = [await owner.ask(route, body, key), await owner.ask(route, body, key)];
  expect(two.body).toEqual(one.body);
  const path = `/api/v1/attribution-runs/${String(one.body["id"])}`;
  expect(await owner.ask(`PATCH ${path}`, { name: "Once" })).toMatchObject({
    status: 200,
    body: { name: "Once" },
  });
  const { rows: noted } = await stack.db.execute(sql`
    select l.action, l.detail::text as detail from control.audit_log l where l.subject = ${path.split("/").at(-1)}
    order by l.id`);
  expect(noted.map(({ action }) => action)).toEqual(["attribution_run.create", "attribution_run.rename"]);
  const listed = list(runShape).parse(
    (await owner.ask(`GET /api/v1/sites/${siteId}/attribution-runs?limit=1`)).body,
  );
  expect(listed.items).toMatchObject([{ name: "Once", by: "channel" }]);
  const rest = await owner.ask(`GET /api/v1/sites/${siteId}/attribution-runs?after=${listed.next}`);
  expect(
    list(runShape)
      .parse(rest.body)
      .items.map(({ name }) => name),
  ).not.toContain("Once");
  expect((await owner.ask(`DELETE ${path}`)).status).toBe(204);
  expect((await owner.ask(`GET ${path}`)).status).toBe(404);
});

test("wrong questions are refused", async () => {
  const route = `POST /api/v1/sites/${siteId}/attribution-runs`;
  for (const given of [
    { name: "" },
    { models: [] },
    { options: { lookbackDays: 91 } },
    { from: "2026-02-30" },
    { options: { markov: { order: 4, nullJourneys: true } } },
  ]) {
    const answer = await owner.ask(route, { name: "Wrong", ...question(), ...given });
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
  }
  const turned = { name: "Wrong", from: "2026-03-02", to: "2026-03-01" };
  expect(await owner.ask(route, turned)).toMatchObject({ status: 400, body: { code: "invalid_range" } });
  const position = { first: 50, middle: 50, last: 50 };
  const uneven = { name: "Wrong", ...question(), options: { position } };
  expect(await owner.ask(route, uneven)).toMatchObject({ status: 400, body: { code: "invalid_options" } });
  const alone = await create();
  const path = `/api/v1/attribution-runs/${alone.id}`;
  expect(await owner.ask(`GET ${path}/comparison`)).toMatchObject({
    status: 400,
    body: { code: "nothing_to_compare" },
  });
  expect((await owner.ask(`PATCH ${path}`, { name: 7 })).status).toBe(400);
  expect((await owner.ask(`POST ${path}/recompute`, { name: 7 })).status).toBe(400);
  expect(await owner.ask(`GET /api/v1/sites/${siteId}/attribution-runs?after=x`)).toMatchObject({
    status: 400,
    body: { code: "invalid_cursor" },
  });
});

test("nobody else sees or changes them: 401 without a sign-in, 403 by role, 404 for another account", async () => {
  const { id } = await create();
  const viewer = await addMember(stack, owner, "viewer");
  const other = await signUp(stack);
  const writes: [string, object?][] = [
    [`POST /api/v1/sites/${siteId}/attribution-runs`, { name: "Theirs", ...question() }],
    [`PATCH /api/v1/attribution-runs/${id}`, { name: "Theirs" }],
    [`POST /api/v1/attribution-runs/${id}/recompute`, {}],
    [`DELETE /api/v1/attribution-runs/${id}`],
  ];
  const reads: [string, object?][] = [
    [`GET /api/v1/sites/${siteId}/attribution-runs`],
    [`GET /api/v1/attribution-runs/${id}`],
    [`GET /api/v1/attribution-runs/${id}/comparison?with=${id}`],
  ];
  for (const [route, body] of [...reads, ...writes]) {
    expect((await ask(stack, route, { body })).status).toBe(401);
    expect((await other.ask(route, body)).status).toBe(404);
  }
  for (const [route, body] of writes) expect((await viewer.ask(route, body)).status).toBe(403);
  for (const [route] of reads) expect((await viewer.ask(route)).status).toBe(200);
  for (const missing of [UNKNOWN, "run_1"])
    expect((await owner.ask(`GET /api/v1/attribution-runs/${id}/comparison?with=${missing}`)).status).toBe(
      404,
    );
});
