import { beforeAll, describe, expect, it, test } from "vitest";

import { accountAnalytics, type AccountAnalytics } from "#contract/analytics.ts";
import { addMember, addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

const PATH = "GET /api/v1/analytics";
const DAYS = "from=2026-03-01&to=2026-03-31";
let api: RunningApi;
let owner: Person;

beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
  // Of somebody else, who spends too.
  await addShop(await signUp(api), { spentMinor: 90_000 });
});

/** A shop with spend on one day of March. */
async function addShop(
  person: Person,
  { spentMinor, ...more }: { spentMinor: number; currency?: string; timeZone?: string },
): Promise<string> {
  const site = String((await person.ask("POST /api/v1/sites", { ...SHOP, ...more })).body["id"]);
  const { body } = await person.ask(`POST /api/v1/sites/${site}/campaigns`, {
    name: "Spring",
    channel: "email",
  });
  const written = await person.ask(`PUT /api/v1/campaigns/${String(body["id"])}/spend`, {
    rows: [{ day: "2026-03-09", amountMinor: spentMinor }],
  });
  expect(written.status).toBe(200);
  return site;
}

async function figures(person: Person, query: string): Promise<AccountAnalytics> {
  const { status, body } = await person.ask(`${PATH}?${query}`);
  expect(status).toBe(200);
  return accountAnalytics.parse(body);
}

describe("the figures of an account", () => {
  it("are those of all its sites and of no other account's, for its people and programs", async () => {
    const first = await addShop(owner, { spentMinor: 1_500 });
    const second = await addShop(owner, { spentMinor: 2_500, timeZone: "Asia/Kolkata" });
    const program = await addProgram(api, owner, ["analytics:read"]);
    for (const person of [owner, await addMember(api, owner, "viewer"), program]) {
      const answer = await figures(person, `${DAYS}&compare=previous`);
      expect(answer.kpis).toMatchObject({ spendMinor: 4_000, roas: { value: 0, reason: null } });
      expect(answer.basis).toMatchObject({ currency: "EUR", model: "last", lookbackDays: 30 });
      expect(answer.days).toHaveLength(31);
      expect(answer.days.find(({ day }) => day === "2026-03-09")?.spendMinor).toBe(4_000);
      expect(answer.previous?.spendMinor).toBeNull();
      const sites = answer.sites.map(({ siteId, kpis }) => [siteId, kpis.spendMinor]);
      expect(new Map(sites as [string, number][])).toEqual(
        new Map([
          [first, 1_500],
          [second, 2_500],
        ]),
      );
    }
  });

  it("are told in the currency that is asked for, and without a rate are no number", async () => {
    const { kpis, basis } = await figures(owner, `${DAYS}&currency=CHF`);
    expect(basis.currency).toBe("CHF");
    expect(kpis).toMatchObject({ spendMinor: null, roas: { value: null, reason: "currency_mismatch" } });
  });
});

test.each([
  ["from=2026-03-31&to=2026-03-01", "invalid_range", undefined],
  [`${DAYS}&currency=XQX`, "invalid_currency", ["currency"]],
  [`${DAYS}&currency=euro`, "invalid_request", ["currency"]],
  [`${DAYS}&model=markov`, "invalid_request", ["model"]],
  ["from=2026-03-01", "invalid_request", ["to"]],
])("%s is refused as %s", async (query, code, paths) => {
  const { status, body } = await owner.ask(`${PATH}?${query}`);
  expect([status, body["code"]]).toEqual([400, code]);
  expect((body["errors"] as { path: string }[] | undefined)?.map(({ path }) => path)).toEqual(paths);
});

test("whoever is not signed in, is a client or lacks the scope sees none of it", async () => {
  expect((await ask(api, `${PATH}?${DAYS}`)).status).toBe(401);
  const client = await addMember(api, owner, "client");
  expect((await client.ask(`${PATH}?${DAYS}`)).body).toMatchObject({ status: 403, code: "role_forbidden" });
  const sender = await addProgram(api, owner, ["events:write", "events:read"]);
  expect((await sender.ask(`${PATH}?${DAYS}`)).body).toMatchObject({ status: 403, code: "scope_missing" });
});
