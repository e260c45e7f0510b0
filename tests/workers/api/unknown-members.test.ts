import { beforeAll, describe, expect, test } from "vitest";
import { addProgram, type Person, SHOP, signUp } from "./people.ts";
import { sharedApi } from "./start-api.ts";

let owner: Person;
let program: Person;
let siteId: string;
let campaignId: string;

beforeAll(async () => {
  const api = await sharedApi();
  owner = await signUp(api);
  program = await addProgram(api, owner, ["events:write"]);
  siteId = String((await owner.ask("POST /api/v1/sites", SHOP)).body["id"]);
  const made = await owner.ask(`POST /api/v1/sites/${siteId}/campaigns`, {
    name: "Spring",
    channel: "email",
  });
  campaignId = String(made.body["id"]);
});

describe("a member that a request does not know", () => {
  test("is refused by its path, and nothing is changed", async () => {
    const { status, body } = await owner.ask(`PATCH /api/v1/campaigns/${campaignId}`, {
      name: "Summer",
      statuss: "paused",
    });
    expect({ status, ...body }).toMatchObject({
      status: 400,
      code: "invalid_request",
      errors: [{ path: "statuss", code: "unknown_member" }],
    });
    expect((await owner.ask(`GET /api/v1/campaigns/${campaignId}`)).body["name"]).toBe("Spring");
  });

  test("is found inside lists and objects, too", async () => {
    const { status, body } = await owner.ask(`PUT /api/v1/campaigns/${campaignId}/spend`, {
      rows: [
        { day: "2026-03-09", amountMinor: 1 },
        { day: "2026-03-10", amountMinor: 1, curency: "EUR" },
      ],
    });
    expect({ status, ...body }).toMatchObject({ status: 400, errors: [{ path: "rows.1.curency" }] });
    const run = await owner.ask(`POST /api/v1/sites/${siteId}/attribution-runs`, {
      name: "March",
      from: "2026-03-01",
      to: "2026-03-31",
      by: "campaign",
      options: { lookback: 30 },
    });
    expect(run).toMatchObject({ status: 400, body: { errors: [{ path: "options.lookback" }] } });
  });

  test("is told of twenty at most, and what is wrong with the others comes first", async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`x${n}`, n]));
    const { body } = await owner.ask(`PATCH /api/v1/campaigns/${campaignId}`, many);
    expect(body["errors"]).toHaveLength(20);
    const wrong = await owner.ask(`PATCH /api/v1/campaigns/${campaignId}`, { ...many, status: "asleep" });
    expect(wrong.body["errors"]).toMatchObject([{ path: "status" }]);
  });

  test("is let be where events are sent: later senders may say more", async () => {
    const event = { id: "0197f3c2-8e1a-7000-8000-000000000001", at: 1, type: "impression", mood: "good" };
    const { status } = await program.ask("POST /api/v1/events", { siteId, events: [event], mood: "good" });
    expect(status).toBe(200);
  });
});
