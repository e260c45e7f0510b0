import { beforeAll, describe, expect, it } from "vitest";

import { addProgram, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

const DAYS = "from=2026-01-01&to=2026-01-31";
let api: RunningApi;
let owner: Person;
let siteId: string;

beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
  siteId = String((await owner.ask("POST /api/v1/sites", SHOP)).body["id"]);
});

const screens = () =>
  ["analytics", "attribution", "breakdown", "journeys", "journeys/paths"].map(
    (screen) =>
      `GET /api/v1/sites/${siteId}/${screen}?${DAYS}${screen === "breakdown" ? "&dimension=channel" : ""}`,
  );

describe("x-waymark-cache", () => {
  it("says whether the answer was worked out for this request", async () => {
    for (const screen of screens()) {
      // oxlint-disable-next-line no-await-in-loop -- the second asks for what the first has left behind
      const [first, second] = [await owner.ask(screen), await owner.ask(screen)];
      expect([first.status, second.status]).toEqual([200, 200]);
      // A machine that is busy makes the cache late, and that says so as well.
      expect(["miss", "degraded"]).toContain(first.headers.get("x-waymark-cache"));
      expect(["memory", "degraded"]).toContain(second.headers.get("x-waymark-cache"));
    }
  });

  it("is not on what the cache has no part in", async () => {
    const answers = ["campaigns", "tracking-health", `conversion-types?${DAYS}`].map(
      (screen) => `GET /api/v1/sites/${siteId}/${screen}`,
    );
    for (const path of answers) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { status, headers } = await owner.ask(path);
      expect([status, headers.get("x-waymark-cache")]).toEqual([200, null]);
    }
  });
});

it("answers requests that ask the same at once alike, one of them at most by working it out", async () => {
  const path = `GET /api/v1/sites/${siteId}/analytics?from=2026-02-01&to=2026-02-28&compare=previous`;
  const answers = await Promise.all(Array.from({ length: 8 }, async () => await owner.ask(path)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(answers.filter(({ headers }) => headers.get("x-waymark-cache") === "miss").length).toBeLessThan(2);
  const figures = answers.map(({ body }) => JSON.stringify([body["kpis"], body["days"]]));
  expect(new Set(figures).size).toBe(1);
});

it("shows a program at once what it has changed itself, and nobody another account's", async () => {
  const program = await addProgram(api, owner, ["analytics:read", "campaigns:write"]);
  const path = `GET /api/v1/sites/${siteId}/analytics?${DAYS}`;
  await program.ask(path);
  await program.ask(`POST /api/v1/sites/${siteId}/campaigns`, { name: "Late", channel: "email" });
  const { body } = await program.ask(path);
  expect((body["campaigns"] as { name: string }[]).map(({ name }) => name)).toEqual(["Late"]);
  expect((await (await signUp(api)).ask(path)).status).toBe(404);
});
