import { beforeAll, expect, test } from "vitest";
import { breakdown, type Breakdown } from "#contract/breakdown.ts";
import { siteDay } from "#core/time/site-day.ts";
import { eventId, visitorId } from "#tests/support/messages.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

const AT = Date.now() - 3_600_000;
let api: RunningApi;
let owner: Person;
let siteId: string;
let campaignId: string;
let days: string;

beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
  const site = (await owner.ask("POST /api/v1/sites", SHOP)).body;
  siteId = String(site["id"]);
  const day = siteDay(AT, String(site["timeZone"]));
  days = `from=${day}&to=${day}`;
  const campaign = { name: "Spring", channel: "email" };
  campaignId = String((await owner.ask(`POST /api/v1/sites/${siteId}/campaigns`, campaign)).body["id"]);
  const program = await addProgram(api, owner, ["events:write"]);
  await program.ask("POST /api/v1/events", { siteId, events: events() });
  await rollUpStaleHours({ db: api.db });
});

/** Three visits by the campaign, to two pages, one of which ends in an order; one visit from nowhere. */
function events(): object[] {
  const view = (path: string, visitor = visitorId()) => ({
    id: eventId(AT),
    at: AT,
    type: "pageview",
    visitor,
    url: `https://shop.example${path}`,
  });
  const buyer = visitorId();
  const order = { type: "purchase", value: "12.50", currency: "EUR", orderId: "A-1" };
  return [
    view("/shoes?utm_source=news&utm_campaign=spring", buyer),
    { ...view("/shoes", buyer), id: eventId(AT + 1), at: AT + 1, type: "conversion", conversion: order },
    view("/shoes?utm_source=news&utm_campaign=spring"),
    view("/hats?utm_source=mail&utm_campaign=spring"),
    view("/hats"),
  ];
}

async function rows(query: string, person = owner): Promise<Breakdown> {
  const answer = await person.ask(`GET /api/v1/sites/${siteId}/breakdown?${days}&${query}`);
  expect(answer.status).toBe(200);
  return breakdown.parse(answer.body);
}

test("a site is broken down by any dimension, and its rows add up to the total", async () => {
  const pages = await rows("dimension=landing_page");
  const told = pages.items.map(({ label, visitors, revenueMinor }) => [label, visitors, revenueMinor]);
  expect(told.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1))).toEqual([
    ["shop.example/hats", 2, 0],
    ["shop.example/shoes", 2, 1_250],
  ]);
  expect(pages.total).toMatchObject({ sessions: 4, visitors: 4, conversions: 1, revenueMinor: 1_250 });
  expect(pages).toMatchObject({ next: null, currency: "EUR", dimension: "landing_page" });
  const sources = await rows("dimension=utm_source");
  expect(sources.items.map(({ kind, value, sessions }) => [kind, value, sessions])).toEqual([
    ["value", "news", 2],
    ["none", null, 1],
    ["value", "mail", 1],
  ]);
  const campaigns = await rows("dimension=campaign&sort=revenue");
  expect(campaigns.items[0]).toMatchObject({
    value: campaignId,
    label: "Spring",
    sessions: 3,
    visitorsMargin: null,
  });
});

test("a campaign or a channel filters every dimension", async () => {
  const own = await rows(`dimension=landing_page&campaign=${campaignId}`);
  expect(own.items.map(({ label, sessions }) => [label, sessions])).toEqual([
    ["shop.example/shoes", 2],
    ["shop.example/hats", 1],
  ]);
  expect(own.total.sessions).toBe(3);
  const direct = await rows("dimension=landing_page&channel=direct");
  expect(direct.items.map(({ label, sessions }) => [label, sessions])).toEqual([["shop.example/hats", 1]]);
});

test("pages follow each other by key: every row once, in order", async () => {
  const whole = await rows("dimension=utm_source");
  const seen: unknown[] = [];
  let after: string | null = "";
  while (after !== null) {
    const page: Breakdown = await rows(`dimension=utm_source&limit=1${after && `&after=${after}`}`);
    expect(page.items).toHaveLength(1);
    seen.push(...page.items);
    after = page.next;
  }
  expect(seen).toEqual(whole.items);
});

test("a wrong question is refused with the field at fault", async () => {
  const path = `GET /api/v1/sites/${siteId}/breakdown`;
  for (const query of [
    `${days}&dimension=shoe_size`,
    `${days}`,
    "dimension=os&from=2026-02-30&to=2026-03-01",
    `${days}&dimension=os&campaign=${campaignId}&channel=email`,
    `${days}&dimension=campaign&campaign=${campaignId}`,
    `${days}&dimension=channel&channel=email`,
    `${days}&dimension=os&limit=0`,
  ]) {
    const answer = await owner.ask(`${path}?${query}`);
    expect({ query, status: answer.status, code: answer.body["code"] }).toEqual({
      query,
      status: 400,
      code: "invalid_request",
    });
  }
  const turned = await owner.ask(`${path}?dimension=os&from=2026-03-02&to=2026-03-01`);
  expect(turned).toMatchObject({ status: 400, body: { code: "invalid_range" } });
  for (const after of ["x", btoa('["a"]'), btoa('[1,"2","x"]')]) {
    const answer = await owner.ask(`${path}?${days}&dimension=os&after=${after}`);
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_cursor" } });
  }
});

test("nobody else sees it: 401 without a sign-in, 404 for another account's site or campaign", async () => {
  const path = `GET /api/v1/sites/${siteId}/breakdown?${days}&dimension=os`;
  expect((await ask(api, path)).status).toBe(401);
  const other = await signUp(api);
  expect((await other.ask(path)).status).toBe(404);
  const theirs = String((await other.ask("POST /api/v1/sites", SHOP)).body["id"]);
  const foreign = `GET /api/v1/sites/${theirs}/breakdown?${days}&dimension=os&campaign=${campaignId}`;
  expect((await other.ask(foreign)).status).toBe(404);
  const second = String((await owner.ask("POST /api/v1/sites", SHOP)).body["id"]);
  const misplaced = `GET /api/v1/sites/${second}/breakdown?${days}&dimension=os&campaign=${campaignId}`;
  expect((await owner.ask(misplaced)).status).toBe(404);
});
