import { beforeAll, describe, expect, test } from "vitest";
import { addMember, addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

let api: RunningApi;
let people: Record<"owner" | "marketer" | "viewer" | "client" | "stranger" | "reader", Person>;
let ids: Record<"site" | "campaign" | "link" | "report" | "deal", string>;

const CAMPAIGN = { name: "Spring", channel: "email" };
const DEAL = { kind: "cpc", amountMinor: 45, startsOn: "2026-03-01" };
const LINK = { destination: "https://shop.example/" };

beforeAll(async () => {
  api = await sharedApi();
  const owner = await signUp(api);
  const stranger = await signUp(api);
  const [marketer, viewer, client] = [
    await addMember(api, owner, "marketer"),
    await addMember(api, owner, "viewer"),
    await addMember(api, owner, "client"),
  ];
  const reader = await addProgram(api, owner, ["events:read", "analytics:read"]);
  people = { owner, marketer, viewer, client, stranger, reader };
  const site = await idOf(owner, "POST /api/v1/sites", SHOP);
  const campaign = await idOf(owner, `POST /api/v1/sites/${site}/campaigns`, CAMPAIGN);
  const link = await idOf(owner, `POST /api/v1/sites/${site}/links`, LINK);
  const range = { from: "2026-03-01", to: "2026-03-02" };
  const report = await idOf(owner, "POST /api/v1/reports", { siteId: site, ...range });
  const deal = await idOf(owner, `POST /api/v1/campaigns/${campaign}/deals`, DEAL);
  ids = { site, campaign, link, report, deal };
});

async function idOf(person: Person, route: string, body: object): Promise<string> {
  const answer = await person.ask(route, body);
  expect([route, answer.status]).toEqual([route, expect.toSatisfy((status: number) => status < 300)]);
  return String(answer.body["id"]);
}

type Route = {
  route: string;
  /** What is right to send; `$site` and the like stand for ids. */
  body?: object;
  /** What is not, and the field at fault. */
  wrong?: { body: object; path: string };
};

const READS: readonly Route[] = [
  { route: "GET /sites/$site/campaigns" },
  { route: "GET /campaigns/$campaign" },
  { route: "GET /campaigns/$campaign/spend" },
  { route: "GET /sites/$site/spend?from=2026-03-01&to=2026-03-31" },
  { route: "GET /sites/$site/pacing" },
  { route: "GET /sites/$site/deals" },
  { route: "GET /sites/$site/links" },
  { route: "GET /sites/$site/events" },
  { route: "GET /campaigns/$campaign/events" },
  { route: "GET /sites/$site/reports" },
  { route: "GET /reports/$report" },
];

const WRITES: readonly Route[] = [
  {
    route: "POST /sites/$site/campaigns",
    body: { ...CAMPAIGN, name: "Another" },
    wrong: { body: { ...CAMPAIGN, channel: "carrier-pigeon" }, path: "channel" },
  },
  {
    route: "PATCH /campaigns/$campaign",
    body: { goal: "sell" },
    wrong: { body: { startsOn: "2026-02-30" }, path: "startsOn" },
  },
  {
    route: "PUT /campaigns/$campaign/spend",
    body: { rows: [{ day: "2026-03-01", amountMinor: 1 }] },
    wrong: {
      body: {
        rows: [
          { day: "2026-03-01", amountMinor: 1 },
          { day: "2026-03-02", amountMinor: -1 },
        ],
      },
      path: "rows.1.amountMinor",
    },
  },
  {
    route: "PUT /sites/$site/spend",
    body: { rows: [{ campaign: "$campaign", day: "2026-03-02", amountMinor: 1 }] },
    wrong: {
      body: { rows: [{ campaign: "cmp_of_nobody", day: "2026-03-02", amountMinor: 1 }] },
      path: "rows.0.campaign",
    },
  },
  {
    route: "POST /campaigns/$campaign/deals",
    body: DEAL,
    wrong: { body: { ...DEAL, kind: "fixed" }, path: "endsOn" },
  },
  {
    route: "PUT /campaigns/$campaign/deals/$deal",
    body: { ...DEAL, amountMinor: 50 },
    wrong: { body: { ...DEAL, amountMinor: -1 }, path: "amountMinor" },
  },
  {
    route: "POST /sites/$site/links",
    body: LINK,
    wrong: { body: { destination: "javascript:alert(1)" }, path: "destination" },
  },
  {
    route: "POST /reports",
    body: { siteId: "$site", from: "2026-03-01", to: "2026-03-02" },
    wrong: {
      body: { siteId: "$site", from: "2026-03-01", to: "2026-03-02", recipients: ["nobody"] },
      path: "recipients.0",
    },
  },
];

const DELETES: readonly Route[] = [
  { route: "DELETE /campaigns/$campaign/spend/2026-03-01" },
  { route: "DELETE /campaigns/$campaign/deals/$deal" },
  { route: "DELETE /links/$link" },
  { route: "DELETE /reports/$report" },
  { route: "DELETE /campaigns/$campaign" },
];

const filled = (text: string) =>
  text.replaceAll(/\$(site|campaign|link|report|deal)/g, (_, name: string) => ids[name as keyof typeof ids]);

async function send(person: Person, { route, body }: Route) {
  const [method, path] = filled(route).split(" ");
  return await person.ask(`${method} /api/v1${path}`, body && JSON.parse(filled(JSON.stringify(body))));
}

describe.each([...READS, ...WRITES, ...DELETES])("$route", (guarded) => {
  test("is closed to nobody-in-particular, and to another account as if it were not there", async () => {
    const [method, path] = filled(guarded.route).split(" ");
    const unknown = await ask(api, `${method} /api/v1${path}`, guarded.body && { body: guarded.body });
    expect([unknown.status, unknown.body["code"]]).toEqual([401, "not_signed_in"]);

    const answer = await send(people.stranger, guarded);
    expect([answer.status, answer.body["code"]]).toEqual([404, "not_found"]);
    expect(answer.text).not.toContain("Spring");
  });

  test("is closed to the role client", async () => {
    const answer = await send(people.client, guarded);
    expect([answer.status, answer.body["code"]]).toEqual([403, "role_forbidden"]);
  });
});

test.each(READS)("$route answers members with any reading role", async (read) => {
  for (const person of [people.owner, people.marketer, people.viewer]) {
    const answer = await send(person, read);
    expect(answer.status).toBe(200);
  }
});

test.each(READS)("$route answers a program with the scope to read", async (read) => {
  expect((await send(people.reader, read)).status).toBe(200);
});

describe.each([...WRITES, ...DELETES])("$route", (write) => {
  test("is closed to a viewer and to a program without the scope", async () => {
    const viewer = await send(people.viewer, write);
    expect([viewer.status, viewer.body["code"]]).toEqual([403, "role_forbidden"]);
    const program = await send(people.reader, write);
    expect([program.status, program.body["code"]]).toEqual([403, "scope_missing"]);
  });
});

describe.each(WRITES)("$route", (write) => {
  test("names the field that is wrong, and writes nothing", async () => {
    const { body, path } = write.wrong ?? { body: {}, path: "" };
    const answer = await send(people.owner, { ...write, body });
    expect([answer.status, answer.body["code"]]).toEqual([400, "invalid_request"]);
    expect(answer.body["errors"]).toMatchObject([{ path }]);
  });

  test("is open to a marketer", async () => {
    expect((await send(people.marketer, write)).status).toBeLessThan(300);
  });
});

test.each([
  "GET /sites/$site/campaigns",
  "GET /campaigns/$campaign/spend",
  "GET /sites/$site/spend?from=2026-03-01&to=2026-03-31",
  "GET /sites/$site/links",
  "GET /sites/$site/events",
  "GET /sites/$site/reports",
])("%s refuses a cursor that is not ours, and a limit out of bounds", async (route) => {
  const forged = Buffer.from(JSON.stringify(["x'; drop table site.events"])).toString("base64url");
  const asked = (query: string) => `${route}${route.includes("?") ? "&" : "?"}${query}`;
  for (const after of ["nonsense", forged]) {
    const answer = await send(people.owner, { route: asked(`after=${after}`) });
    expect([answer.status, answer.body["code"]]).toEqual([400, "invalid_cursor"]);
  }
  expect((await send(people.owner, { route: asked("limit=0") })).status).toBe(400);
  expect((await send(people.owner, { route: asked("limit=201") })).status).toBe(400);
});

test("an id that cannot be one is not found, whatever it holds", async () => {
  for (const id of ["cmp_", "cmp_%00", "site_1", "rep_'%20or%201=1", "x".repeat(300)]) {
    expect((await send(people.owner, { route: `GET /campaigns/${id}` })).status).toBe(404);
    expect((await send(people.owner, { route: `GET /reports/${id}` })).status).toBe(404);
  }
});

test.each(DELETES)("$route answers 204 to a marketer", async (remove) => {
  expect((await send(people.marketer, remove)).status).toBe(204);
});
