import { beforeAll, expect, test } from "vitest";
import { monitoring } from "#contract/monitoring.ts";
import { setSuperadmin } from "#db/queries/accounts/superadmins.ts";
import { addProgram, ask, type Person, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

const ROUTE = "GET /api/v1/admin/monitoring";
const DAY_MS = 86_400_000;

let api: RunningApi;
let operator: Person;
beforeAll(async () => {
  api = await sharedApi();
  operator = await signUp(api);
  await setSuperadmin(api.db, { email: operator.email, isSuperadmin: true, at: new Date() });
});

test.each([
  { query: "", range: "1h", atMostMs: 3_600_000, step: 60 },
  { query: "?range=24h", range: "24h", atMostMs: DAY_MS, step: 600 },
  { query: "?range=7d", range: "7d", atMostMs: 7 * DAY_MS, step: 3_600 },
])("monitoring of $range ends with the minute that runs", async ({ query, range, atMostMs, step }) => {
  const answer = await operator.ask(`${ROUTE}${query}`);
  expect(answer.status).toBe(200);
  const figures = monitoring.parse(answer.body);
  expect([figures.range, figures.stepSeconds]).toEqual([range, step]);
  const lastsMs = Date.parse(figures.to) - Date.parse(figures.from);
  expect(lastsMs).toBeLessThanOrEqual(atMostMs);
  expect(lastsMs).toBeGreaterThan(atMostMs - 3_600_001);
  expect(Date.parse(figures.to) - Date.parse(figures.asOf)).toBeLessThanOrEqual(60_000);
  expect(figures.databases).toMatchObject([{ name: "main", isUp: true }]);
});

test("a range that is none is refused by its name", async () => {
  const answer = await operator.ask(`${ROUTE}?range=1y`);
  expect([answer.status, answer.body["code"]]).toEqual([400, "invalid_request"]);
});

test("there is no monitoring for anybody else, signed in or not, by key or not", async () => {
  const owner = await signUp(api);
  const program = await addProgram(api, operator, ["events:read"]);
  const answers = [await ask(api, ROUTE), await owner.ask(ROUTE), await program.ask(ROUTE)];
  for (const answer of answers) {
    expect([answer.status, answer.body["code"]]).toEqual([404, "not_found"]);
    expect(answer.text).not.toContain("requests");
  }
});
