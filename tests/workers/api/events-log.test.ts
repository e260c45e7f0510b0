import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { eventRow, type EventRow } from "#contract/events.ts";
import { list } from "#contract/primitives.ts";
import { eventId, visitorId } from "#tests/support/messages.ts";
import { addProgram, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

let api: RunningApi;
let owner: Person;
let program: Person;
let siteId: string;
let campaignId: string;
const AT = Date.now() - 3_600_000;

beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
  program = await addProgram(api, owner, ["events:write", "events:read"]);
});

beforeEach(async () => {
  siteId = String((await owner.ask("POST /api/v1/sites", SHOP)).body["id"]);
  const campaign = { name: "Spring", channel: "email" };
  campaignId = String((await owner.ask(`POST /api/v1/sites/${siteId}/campaigns`, campaign)).body["id"]);
});
async function send(events: object[]): Promise<void> {
  const answer = await program.ask("POST /api/v1/events", { siteId, events });
  expect(answer.body).toMatchObject({ rejected: [] });
}

const view = (at: number, more: object = {}) => ({
  id: eventId(at),
  at,
  type: "pageview",
  visitor: visitorId(),
  url: "https://shop.example/a",
  ...more,
});

async function log(path: string, person = owner): Promise<{ items: EventRow[]; next: string | null }> {
  const answer = await person.ask(`GET /api/v1/${path}`);
  expect(answer.status).toBe(200);
  return list(eventRow).parse(answer.body);
}

test("a campaign's log holds its visits whole, the site's holds all, newest first", async () => {
  const visitor = visitorId();
  const landing = view(AT, { visitor, url: "https://shop.example/?utm_source=news&utm_campaign=SPRING" });
  const order = {
    id: eventId(AT + 1_000),
    at: AT + 1_000,
    type: "conversion",
    visitor,
    conversion: { type: "purchase", value: "12.50", currency: "EUR", orderId: "A-1" },
  };
  const stranger = view(AT + 2_000);
  await send([landing, order, stranger]);

  const all = await log(`sites/${siteId}/events`);
  expect(all.items.map(({ id }) => id)).toEqual([stranger.id, order.id, landing.id]);
  const own = await log(`campaigns/${campaignId}/events`);
  expect(own.items.map(({ id }) => id)).toEqual([order.id, landing.id]);
  expect(own.items[0]).toMatchObject({
    type: "conversion",
    value: { minor: 1_250, currency: "EUR" },
    orderId: "A-1",
    campaign: { id: campaignId, name: "Spring" },
    visitor: visitor.slice(-8),
    verdict: "stored",
  });
  expect(JSON.stringify(all)).not.toContain(visitor);
  expect((await log(`sites/${siteId}/events?campaign=${campaignId}`)).items).toEqual(own.items);
  expect((await log(`sites/${siteId}/events?type=conversion`, program)).items).toEqual([own.items[0]]);
});

test("properties are there as they were sent, however long one of them is", async () => {
  const props = { ["k".repeat(300)]: "long ".repeat(700), "": true };
  await send([view(AT, { props })]);
  expect((await log(`sites/${siteId}/events`)).items).toMatchObject([{ props }]);
});

test("bots are asked for by themselves, with the reason", async () => {
  await send([view(AT)]);
  await api.db.execute(sql`
    insert into site.bot_events (site_id, event_id, occurred_at, received_at, type, reason)
    select id, ${eventId(AT)}::uuid, now(), now(), 3, 'headless' from site.sites where public_id = ${siteId}`);

  const { items } = await log(`sites/${siteId}/events?verdict=bot`);
  expect(items).toMatchObject([{ verdict: "bot", botReason: "headless", visitor: null, value: null }]);
  expect((await log(`sites/${siteId}/events`)).items).toMatchObject([{ verdict: "stored", botReason: null }]);
});

test("pages have no gap and no repeat while events arrive, and a new look shows the new ones on top", async () => {
  const sent = Array.from({ length: 9 }, (_, i) => view(AT + i * 1_000));
  await send(sent);
  const seen: string[] = [];
  let next: string | null = null;
  let arrived = 0;
  do {
    const after = next === null ? "" : `&after=${next}`;
    const page = await log(`sites/${siteId}/events?limit=4${after}`);
    seen.push(...page.items.map(({ id }) => id));
    next = page.next;
    arrived += 1;
    await send([view(AT + 60_000 + arrived)]);
  } while (next !== null);

  expect(seen).toEqual(sent.map(({ id }) => id).toReversed());
  const top = await log(`sites/${siteId}/events?limit=3`);
  expect(top.items.every(({ id }) => !seen.includes(id))).toBe(true);
});

test.each(["type=visit", "verdict=maybe", "limit=x"])("refuses %s", async (query) => {
  const answer = await owner.ask(`GET /api/v1/sites/${siteId}/events?${query}`);
  expect([answer.status, answer.body["code"]]).toEqual([400, "invalid_request"]);
});

test("a campaign of another site is not found in this site's log", async () => {
  const other = String((await owner.ask("POST /api/v1/sites", SHOP)).body["id"]);
  const answer = await owner.ask(`GET /api/v1/sites/${other}/events?campaign=${campaignId}`);
  expect([answer.status, answer.body["code"]]).toEqual([404, "not_found"]);
});
