import { beforeAll, describe, expect, test } from "vitest";
import { type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

let api: RunningApi;
let owner: Person;
let site: string;

beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
  site = String((await owner.ask("POST /api/v1/sites", SHOP)).body["id"]);
});

/** What a refused request is told, field by field. */
async function told(route: string, body?: unknown): Promise<string[]> {
  const answer = await owner.ask(route, body);
  expect([answer.status, answer.body["code"]]).toEqual([400, "invalid_request"]);
  const errors = answer.body["errors"] as { path: string; message: string }[];
  return errors.map(({ path, message }) => `${path} ${message}`);
}

describe("a query that is refused", () => {
  const days = "from=2026-03-01&to=2026-03-02";
  test.each([
    ["campaigns?limit=100000", "limit must be at most 200"],
    ["campaigns?limit=201", "limit must be at most 200"],
    ["campaigns?limit=0", "limit must be at least 1"],
    ["campaigns?limit=-5", "limit must be at least 1"],
    ["campaigns?limit=ten", "limit must be a whole number"],
    ["campaigns?limit=1.5", "limit must be a whole number"],
    [`attribution?${days}&lookback=1000`, "lookback must be at most 90"],
    [`attribution?${days}&half_life=1000000`, "half_life must be at most 36500"],
    [`attribution?${days}&half_life=week`, "half_life must be a number, with four decimals at most"],
    [
      `attribution?${days}&position=50-50-50`,
      "position must be three whole percents that add up to 100, not all of them in the middle, such as 40-20-40",
    ],
    [`journeys/paths?${days}&positions=100`, "positions must be at most 10"],
    ["spend?from=2026-02-30&to=2026-03-02", "from must be a day of the calendar, such as 2026-03-09"],
    ["spend?from=today&to=2026-03-02", "from must be a day of the calendar, such as 2026-03-09"],
  ])("%s says that %s", async (query, message) => {
    expect(await told(`GET /api/v1/sites/${site}/${query}`)).toEqual([message]);
  });

  test("names each field once when days stand for instants", async () => {
    const instant = "must be an instant such as 2026-03-09T00:00:00.000Z";
    const query = "from=2026-11-30&to=2026-02-30T00:00:00.000Z";
    expect(await told(`GET /api/v1/sites/${site}/ledger?${query}`)).toEqual([
      `from ${instant}`,
      `to ${instant}`,
    ]);
  });
});

test("a site needs a domain that is a host", async () => {
  for (const domain of [
    "...",
    "-",
    ".shop.example",
    "shop..example",
    "shop-.example",
    "shop.example:99999",
  ]) {
    expect(await told("POST /api/v1/sites", { ...SHOP, domain })).toEqual([
      "domain must be a host, such as shop.example",
    ]);
  }
});

describe("spend for a day that nobody means", () => {
  test("is refused by the row, for one campaign and for several", async () => {
    const made = await owner.ask(`POST /api/v1/sites/${site}/campaigns`, {
      name: "Spring",
      channel: "email",
    });
    const campaign = String(made.body["id"]);
    const lastYear = new Date().getUTCFullYear() + 2;
    for (const day of ["0001-01-01", "1999-12-31", `${lastYear + 1}-01-01`, "9999-12-31"]) {
      const rows = [
        { day: "2026-03-09", amountMinor: 1 },
        { day, amountMinor: 1 },
      ];
      const ofSite = rows.map((row) => ({ ...row, campaign }));
      const message = expect.stringMatching(
        new RegExp(`^rows\\.1\\.day Must be a day from 2000-01-01 to ${lastYear}-`),
      );
      expect(await told(`PUT /api/v1/sites/${site}/spend`, { rows: ofSite })).toEqual([message]);
      expect(await told(`PUT /api/v1/campaigns/${campaign}/spend`, { rows })).toEqual([message]);
    }
    const rows = [{ campaign, day: "2000-01-01", amountMinor: 1 }];
    expect((await owner.ask(`PUT /api/v1/sites/${site}/spend`, { rows })).status).toBe(200);
    const kept = await owner.ask(`GET /api/v1/campaigns/${campaign}/spend`);
    expect(kept.body["items"]).toMatchObject([{ day: "2000-01-01" }]);
  });
});
