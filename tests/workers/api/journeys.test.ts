import { beforeAll, expect, test } from "vitest";
import { attribution, type AttributionRow } from "#contract/attribution.ts";
import { creditedJourneys, journey, type CreditedJourneys } from "#contract/glass-box.ts";
import { journeyPaths, journeys } from "#contract/journeys.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import { eventId, visitorId } from "#tests/support/messages.ts";
import { addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

const DAY = 86_400_000;
const NOW = Date.now() - 3_600_000;
const ORDER = eventId(NOW);
const buyer = visitorId();
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
  const today = siteDay(NOW, String(site["timeZone"]));
  days = `from=${addDays(today, -3)}&to=${today}`;
  const campaign = { name: "Spring", channel: "email" };
  campaignId = String((await owner.ask(`POST /api/v1/sites/${siteId}/campaigns`, campaign)).body["id"]);
  const program = await addProgram(api, owner, ["events:write"]);
  await program.ask("POST /api/v1/events", { siteId, events: events() });
});

/** A mail of the campaign 40 days ago and one 3 days ago, a direct visit, the order, a refund; an order out of nowhere. */
function events(): object[] {
  const view = (at: number, query: string) => ({
    id: eventId(at),
    at,
    type: "pageview",
    visitor: buyer,
    url: `https://shop.example/shoes${query}`,
  });
  const order = { type: "purchase", value: "100.01", currency: "EUR", orderId: "A-1" };
  return [
    view(NOW - 40 * DAY, "?utm_source=news&utm_campaign=spring"),
    view(NOW - 2 * DAY, "?utm_source=news&utm_campaign=spring"),
    view(NOW - DAY, ""),
    { id: ORDER, at: NOW, type: "conversion", visitor: buyer, conversion: order },
    { id: eventId(NOW + 1_000), at: NOW + 1_000, type: "refund", refund: { orderId: "A-1", value: "0.01" } },
    {
      id: eventId(NOW),
      at: NOW,
      type: "conversion",
      visitor: visitorId(),
      conversion: { ...order, orderId: "A-2", value: "5.00" },
    },
  ];
}

async function credited(query: string): Promise<CreditedJourneys> {
  const answer = await owner.ask(`GET /api/v1/sites/${siteId}/attribution/journeys?${days}&${query}`);
  expect(answer.status).toBe(200);
  return creditedJourneys.parse(answer.body);
}

test("a figure opens into its conversions and refunds, each touchpoint with its share or its reason", async () => {
  const shown = await credited(`model=linear&kind=group&key=${campaignId}`);
  expect(shown).toMatchObject({
    group: { kind: "group", key: campaignId, name: "Spring" },
    total: { items: 2, conversions: 0.5, revenueMinor: 5_000 },
    next: null,
  });
  expect(shown.items.map(({ kind, credited: got }) => [kind, got])).toEqual([
    ["refund", { conversions: 0, revenueMinor: -1 }],
    ["conversion", { conversions: 0.5, revenueMinor: 5_001 }],
  ]);
  const [, conversion] = shown.items;
  expect(conversion).toMatchObject({ id: ORDER, conversionId: ORDER, orderId: "A-1", valueMinor: 10_001 });
  expect(
    conversion?.touchpoints.map(({ exclusion, place, isOfGroup, credit }) => [
      exclusion,
      place,
      isOfGroup,
      credit?.revenueMinor ?? null,
    ]),
  ).toEqual([
    ["outside_lookback", null, false, null],
    [null, 1, true, 5_001],
    [null, 2, false, 5_000],
  ]);
  expect(JSON.stringify(shown)).not.toContain(buyer);
});

test("a page comes as a file as well: a line for each touchpoint, with the same shares", async () => {
  const path = `GET /api/v1/sites/${siteId}/attribution/journeys?${days}&model=linear&kind=group&key=${campaignId}`;
  const answer = await owner.ask(`${path}&limit=1`, undefined, { accept: "text/csv" });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const rest = await owner.ask(`${path}&after=${answer.headers.get("x-next")}`, undefined, {
    accept: "text/csv",
  });
  const lines = rest.text
    .trim()
    .split("\r\n")
    .map((line) => line.split(","));
  expect(lines.map((cells) => [cells[0]?.replace("\uFEFF", ""), cells[5], cells[15], cells.at(-1)])).toEqual([
    ["kind", "value", "counts", "touchpoint_value"],
    ["conversion", "100.01", "outside_lookback", ""],
    ["conversion", "100.01", "yes", "50.01"],
    ["conversion", "100.01", "yes", "50.00"],
  ]);
  expect(rest.headers.get("x-next")).toBeNull();
});

test("it is the workbench's figure, of every row and model, page by page", { tags: ["long"] }, async () => {
  const query = `${days}&direct=exclude_unless_only`;
  const answer = await owner.ask(`GET /api/v1/sites/${siteId}/attribution?${query}`);
  const workbench = attribution.parse(answer.body);
  expect(workbench.status).toBe("ready");
  const rows = workbench.status === "ready" ? workbench.rows : [];
  expect(rows.map(({ kind }) => kind)).toEqual(["group", "unattributed"]);
  for (const row of rows) {
    for (const model of MODELS) {
      const figure = row.credits[model];
      const { revenueMinor, conversions } = await pagesOf(row, model);
      expect({ model, revenueMinor }).toEqual({ model, revenueMinor: figure?.revenueMinor });
      expect(conversions).toBeCloseTo(figure?.conversions ?? -1, 9);
    }
  }
});

const MODELS = ["first", "last", "linear", "position", "time_decay", "participation", "shapley"] as const;

/** What all pages of one item add up to, and what the first one says that it is. */
async function pagesOf({ kind, key }: AttributionRow, model: string) {
  const group = `direct=exclude_unless_only&model=${model}&kind=${kind}&key=${key ?? "none"}`;
  const pages = [await credited(`${group}&limit=1`)];
  for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null)
    pages.push(await credited(`${group}&limit=1&after=${next}`));
  const credits = pages.flatMap(({ items }) => items.map((item) => item.credited));
  const revenueMinor = credits.reduce((sum, got) => sum + (got?.revenueMinor ?? 0), 0);
  const total = pages[0]?.total ?? { revenueMinor: null, conversions: null };
  expect(total.revenueMinor).toBe(revenueMinor);
  return { revenueMinor, conversions: total.conversions };
}

test("Markov opens into its removal effect, transitions and the journeys that hold the group", async () => {
  const shown = await credited(`model=markov&kind=group&key=${campaignId}&nulls=out`);
  expect(shown.total).toBeNull();
  expect(shown.chain).toMatchObject({
    removalEffect: 1,
    convertingJourneys: 1,
    nullJourneys: 0,
    endsConverting: 0,
  });
  expect(shown.chain?.from).toEqual([{ group: null, count: 1, converting: 1 }]);
  expect(shown.chain?.to).toEqual([
    { group: { kind: "none", key: null, name: "(no campaign)" }, count: 1, converting: 1 },
  ]);
  expect(shown.items.map(({ kind, credited: got }) => [kind, got])).toEqual([
    ["refund", null],
    ["conversion", null],
  ]);
});

test("one conversion is shown with its way, its visits and refunds, and without its visitor", async () => {
  const answer = await owner.ask(`GET /api/v1/sites/${siteId}/journeys/${ORDER}?by=channel`);
  expect(answer.status).toBe(200);
  const shown = journey.parse(answer.body);
  expect(shown.conversion).toMatchObject({
    id: ORDER,
    valueMinor: 10_001,
    currency: "EUR",
    isUnattributed: false,
  });
  expect(shown.refunds.map(({ takenMinor, leftMinor }) => [takenMinor, leftMinor])).toEqual([[1, 10_000]]);
  expect(shown.touchpoints.map(({ exclusion, group }) => [exclusion, group.name])).toEqual([
    ["outside_lookback", "E-mail"],
    [null, "E-mail"],
    [null, "Direct"],
  ]);
  expect(shown.touchpoints[0]?.credits).toEqual({});
  expect(shown.touchpoints[2]?.credits.last_non_direct).toEqual({ conversions: 0, revenueMinor: 0 });
  expect(shown.touchpoints[1]?.credits).toMatchObject({
    last_non_direct: { conversions: 1, revenueMinor: 10_001 },
    linear: { conversions: 0.5, revenueMinor: 5_001 },
  });
  expect(shown.devices).toHaveLength(1);
  expect(shown.visits.map(({ pageviews, pages }) => [pageviews, pages.length])).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
  expect(answer.text).not.toContain(buyer);
});

test("the journeys of a range and their ways come with the workbench's totals", async () => {
  const shown = journeys.parse((await owner.ask(`GET /api/v1/sites/${siteId}/journeys?${days}`)).body);
  expect(shown).toMatchObject({
    status: "ready",
    totals: { conversions: 2, revenueMinor: 10_500, unattributed: { conversions: 1, revenueMinor: 500 } },
  });
  const way = shown.status === "ready" ? shown.top.find(({ path }) => path.length === 2) : undefined;
  expect(way).toMatchObject({ conversions: 1, revenueMinor: 10_000, touchpoints: 2, conversionRate: 1 });
  const answer = await owner.ask(`GET /api/v1/sites/${siteId}/journeys/paths?${days}&positions=2&top=3`);
  const ways = journeyPaths.parse(answer.body);
  expect(ways).toMatchObject({
    nodes: [
      { position: 0, kind: "group", key: campaignId, journeys: 1, endsConverting: 0 },
      { position: 1, kind: "none", journeys: 1, endsConverting: 1, revenueMinor: 10_000 },
    ],
    links: [{ from: 0, to: 1, journeys: 1, converting: 1 }],
  });
});

const ROUTES = () => [
  `attribution/journeys?${days}&kind=unattributed`,
  `journeys?${days}`,
  `journeys/paths?${days}`,
  `journeys/${ORDER}?by=campaign`,
];

test("a wrong question is refused: with the field at fault, or as a range or a cursor", async () => {
  for (const route of [
    `attribution/journeys?${days}&model=magic`,
    `attribution/journeys?${days}&kind=group&order_by=luck`,
    `journeys?${days}&lookback=91`,
    `journeys?from=2026-02-30&to=2026-03-01`,
    `journeys/paths?${days}&positions=1`,
    `journeys/${ORDER}?position=50-50-50`,
  ]) {
    const answer = await owner.ask(`GET /api/v1/sites/${siteId}/${route}`);
    expect({ route, status: answer.status, code: answer.body["code"] }).toEqual({
      route,
      status: 400,
      code: "invalid_request",
    });
  }
  for (const route of ["attribution/journeys", "journeys", "journeys/paths"]) {
    const turned = await owner.ask(
      `GET /api/v1/sites/${siteId}/${route}?from=2026-03-02&to=2026-03-01&kind=unattributed`,
    );
    expect(turned).toMatchObject({ status: 400, body: { code: "invalid_range" } });
  }
  for (const after of ["x", btoa('["a","b"]'), btoa('[1,"2"]'), btoa(`[-1,"${ORDER}"]`)]) {
    const route = `GET /api/v1/sites/${siteId}/attribution/journeys?${days}&kind=unattributed&after=${after}`;
    expect(await owner.ask(route)).toMatchObject({ status: 400, body: { code: "invalid_cursor" } });
  }
});

test("nobody else sees it: 401 without a sign-in, 404 for what is not there or another account's", async () => {
  const other = await signUp(api);
  const theirs = String((await other.ask("POST /api/v1/sites", SHOP)).body["id"]);
  for (const route of ROUTES()) {
    const path = `GET /api/v1/sites/${siteId}/${route}`;
    expect((await ask(api, path)).status).toBe(401);
    expect((await other.ask(path)).status).toBe(404);
  }
  const foreign = [
    `journeys/${ORDER}`,
    `attribution/journeys?${days}&kind=group&key=${campaignId}`,
    "journeys/none",
  ];
  for (const route of foreign)
    expect((await other.ask(`GET /api/v1/sites/${theirs}/${route}`)).status).toBe(404);
});
