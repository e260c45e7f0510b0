// @module-tag long
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it, test } from "vitest";

import {
  attribution,
  conversionTypes,
  type AttributionModel,
  type AttributionReady,
} from "#contract/attribution.ts";
import { makeUuidV7 } from "#core/events/uuid-v7.ts";
import { channelCode } from "#tests/db/attribution/golden-data.ts";
import { differences } from "#tests/support/differences.ts";
import { goldenExpectations, goldenJson, goldenRows } from "#tests/support/golden-files.ts";
import { addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

/** Every contact and conversion of the files lies in it, in any zone. */
const DAYS = "from=2024-12-01&to=2025-05-31";
const TOUCHES = goldenRows("touchpoints.csv");
const CONVERSIONS = goldenRows("conversions.csv");
const MODELS: Readonly<Record<string, AttributionModel>> = {
  first_touch: "first",
  last_touch: "last",
  last_non_direct: "last_non_direct",
  linear: "linear",
  position_40_20_40: "position",
  time_decay_7d: "time_decay",
};
const known = new Map<string, Promise<AttributionReady>>();
let api: RunningApi;
let owner: Person;
let siteId: string;
let path: string;

beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
  siteId = String((await owner.ask("POST /api/v1/sites", SHOP)).body["id"]);
  path = `GET /api/v1/sites/${siteId}/attribution`;
  const campaigns = await makeCampaigns();
  const program = await addProgram(api, owner, ["events:write"]);
  const events = shuffled([...touchEvents(campaigns), ...conversionEvents()]);
  for (let first = 0; first < events.length; first += 150)
    await send(program, events.slice(first, first + 150), { duplicate: 0 });
  // Once more, as a program does that has not heard the answer.
  await send(program, events.slice(100, 250), { duplicate: 150 });
});

async function send(program: Person, part: object[], { duplicate }: { duplicate: number }): Promise<void> {
  const { body } = await program.ask("POST /api/v1/events", { siteId, events: part });
  const expected = JSON.stringify({ accepted: part.length - duplicate, duplicate, rejected: [] });
  const told = JSON.stringify({
    accepted: body["accepted"],
    duplicate: body["duplicate"],
    rejected: body["rejected"],
  });
  if (told !== expected) throw new Error(`The events were not stored: ${told} instead of ${expected}`);
}

async function makeCampaigns(): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set(TOUCHES.flatMap(([, , , , campaign]) => campaign || []))];
  const made = await Promise.all(
    names.map(async (name) => {
      const answer = await owner.ask(`POST /api/v1/sites/${siteId}/campaigns`, { name, channel: "email" });
      return [name, String(answer.body["id"])] as const;
    }),
  );
  return new Map(made);
}

const BASE_MS = Date.now() - 60_000;

/** Ids sort as the files' numbers do: ties in time go by them. */
function idOf(kind: number, number = ""): string {
  const bytes = new Uint8Array(10);
  bytes[5] = kind;
  new DataView(bytes.buffer).setUint32(6, Number(number));
  return makeUuidV7(BASE_MS, bytes);
}

function touchEvents(campaigns: ReadonlyMap<string, string>): object[] {
  return TOUCHES.map(([id, visitor, at, channel = "", campaign = ""]) => ({
    id: idOf(1, id),
    at: Number(at),
    visitor: idOf(3, visitor),
    type: "click",
    channel: channelCode(channel),
    ...(campaign ? { campaign: campaigns.get(campaign) } : {}),
  }));
}

function conversionEvents(): object[] {
  return CONVERSIONS.map(([id, visitor, at, cents]) => ({
    id: idOf(2, id),
    at: Number(at),
    visitor: idOf(3, visitor),
    type: "conversion",
    conversion: {
      type: "purchase",
      value: (Number(cents) / 100).toFixed(2),
      currency: "EUR",
      orderId: `G-${id}`,
    },
  }));
}

/** In an order that has nothing to do with time, and is the same in every run. */
function shuffled<T>(list: T[]): T[] {
  let seed = 20_250_601;
  const drawn = list.map((entry) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return { entry, seed };
  });
  return drawn.toSorted((a, b) => a.seed - b.seed).map(({ entry }) => entry);
}

async function answerTo(query: string): Promise<AttributionReady> {
  const asked = known.get(query) ?? readyFor(query);
  known.set(query, asked);
  return await asked;
}

async function readyFor(query: string): Promise<AttributionReady> {
  const { status, body } = await owner.ask(`${path}?${DAYS}&${query}`);
  if (status !== 200) throw new Error(`${query} was answered with ${status}`);
  const answer = attribution.parse(body);
  if (answer.status !== "ready") throw new Error("It is still being worked out");
  return answer;
}

type Figure = "conversions" | "revenueMinor";

/** What each group earned, by name; the files list only those that earned. */
function figures(answer: AttributionReady, model: AttributionModel, figure: Figure): Record<string, number> {
  const earning = answer.rows.filter(
    ({ kind, credits }) => kind !== "unattributed" && (credits[model]?.conversions ?? 0) > 0,
  );
  return Object.fromEntries(
    earning.map((row) => [
      row.kind === "none" ? "" : answer.by === "channel" ? (row.key ?? "") : row.name,
      row.credits[model]?.[figure] ?? 0,
    ]),
  );
}

function coded(figuresByName: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(figuresByName).map(([name, n]) => [channelCode(name), n]));
}

describe("the golden events, sent in any order through the bulk API", () => {
  it("are 822 touchpoints and 107 conversions, each once", async () => {
    const { rows } = await api.db.execute(sql`
      select (select count(*)::int from site.touchpoints where site_id = t.id) as touchpoints,
        (select count(*)::int from site.conversions where site_id = t.id) as conversions
      from site.sites t where t.public_id = ${siteId}`);
    expect(rows).toEqual([{ touchpoints: 822, conversions: 107 }]);
  });

  it.each(goldenExpectations())(
    "answer $model, $lookback_days days, reset $reset_at_conversion, direct $direct to 1e-9 and to the cent",
    async (expected) => {
      const model = MODELS[expected.model] ?? "last";
      const reset = expected.reset_at_conversion ? "on" : "off";
      const options = `lookback=${expected.lookback_days}&reset=${reset}&direct=${expected.direct}`;
      const campaigns = await answerTo(`${options}&by=campaign`);
      const channels = await answerTo(`${options}&by=channel`);
      const nobody = campaigns.rows.find(({ kind }) => kind === "unattributed")?.credits[model];

      expect(differences(figures(campaigns, model, "conversions"), expected.campaign_conversions)).toEqual(
        [],
      );
      expect(
        differences(figures(channels, model, "conversions"), coded(expected.channel_conversions)),
      ).toEqual([]);
      expect(figures(campaigns, model, "revenueMinor")).toEqual(expected.campaign_revenue_cents_int);
      expect(nobody?.conversions ?? 0).toBe(expected.unattributed_conversions);
      expect(nobody?.revenueMinor ?? 0).toBe(expected.unattributed_revenue_cents);
      expect(campaigns.totals).toMatchObject({
        conversions: expected.total_conversions,
        revenueMinor: expected.total_revenue_cents,
      });
    },
  );

  const golden = goldenJson<{
    markov: {
      order: number;
      null_paths: boolean;
      p_conversion: number;
      conversions: Record<string, number>;
    }[];
  }>("expected_data_driven.json");

  it.each(golden.markov)(
    "answer Markov of order $order, null journeys $null_paths, to 1e-9",
    async (expected) => {
      const nulls = expected.null_paths ? "in" : "out";
      const answer = await answerTo(`lookback=90&by=channel&order=${expected.order}&nulls=${nulls}`);

      expect(differences(figures(answer, "markov", "conversions"), coded(expected.conversions))).toEqual([]);
      expect(answer.check?.pConversion).toBeCloseTo(expected.p_conversion, 12);
      expect(answer.check?.empirical).toBeCloseTo(expected.p_conversion, 12);
    },
  );
});

describe("one model of the answer", () => {
  it.each(["first", "markov"] as const)(
    "is %s's credits alone, the most first, under the same totals",
    async (model) => {
      const whole = await answerTo("lookback=90&by=channel");
      const one = await answerTo(`lookback=90&by=channel&model=${model}`);

      expect([one.models, one.absent, one.totals]).toEqual([[model], [], whole.totals]);
      expect(one.check).toEqual(model === "markov" ? whole.check : null);
      const creditOf = ({ rows }: AttributionReady) =>
        new Map(rows.map(({ name, credits }) => [name, credits[model]]));
      expect(creditOf(one)).toEqual(creditOf(whole));
      for (const { credits, spread } of one.rows)
        expect([Object.keys(credits), spread]).toEqual([[model], null]);
      const earned = one.rows
        .filter(({ kind }) => kind === "group")
        .map(({ credits }) => credits[model]?.revenueMinor ?? 0);
      expect(earned).toEqual(earned.toSorted((a, b) => b - a));
    },
  );
});

describe("the types of conversions", () => {
  const types = () => `GET /api/v1/sites/${siteId}/conversion-types`;

  it("are those that the site has sent on these days, the most frequent first", async () => {
    const { status, body } = await owner.ask(`${types()}?${DAYS}`);
    expect(status).toBe(200);
    expect(conversionTypes.parse(body)).toMatchObject({
      siteId,
      range: { from: "2024-12-01", to: "2025-05-31" },
      items: [{ type: "purchase", conversions: 107 }],
      isWhole: true,
    });
    const none = await owner.ask(`${types()}?from=2024-01-01&to=2024-01-31`);
    expect(none).toMatchObject({ status: 200, body: { items: [], isWhole: true } });
  });

  it("are refused for days that are none, without a sign-in, and to another account", async () => {
    const asked = `${types()}?${DAYS}`;
    expect(await owner.ask(`${types()}?from=2025-03-02`)).toMatchObject({
      status: 400,
      body: { code: "invalid_request" },
    });
    expect(await owner.ask(`${types()}?from=2025-03-02&to=2025-03-01`)).toMatchObject({
      status: 400,
      body: { code: "invalid_range" },
    });
    expect((await ask(api, asked)).status).toBe(401);
    expect((await (await signUp(api)).ask(asked)).status).toBe(404);
  });
});

test("a wrong question is refused with the field at fault", async () => {
  for (const query of [
    "",
    "from=2025-02-30&to=2025-03-01",
    `${DAYS}&lookback=0`,
    `${DAYS}&lookback=91`,
    `${DAYS}&position=50-30-30`,
    `${DAYS}&half_life=-1`,
    `${DAYS}&order=4`,
    `${DAYS}&by=weekday`,
    `${DAYS}&customer=loyal`,
  ]) {
    const answer = await owner.ask(`${path}?${query}`);
    expect({ query, status: answer.status, code: answer.body["code"] }).toEqual({
      query,
      status: 400,
      code: "invalid_request",
    });
  }
  const { status, body } = await owner.ask(`${path}?${DAYS}&model=xyz`);
  expect({ status, errors: body["errors"] }).toMatchObject({ status: 400, errors: [{ path: "model" }] });
  const turned = await owner.ask(`${path}?from=2025-03-02&to=2025-03-01`);
  expect(turned).toMatchObject({ status: 400, body: { code: "invalid_range" } });
});

test("nobody else sees it: 401 without a sign-in, 404 for another account", async () => {
  expect((await ask(api, `${path}?${DAYS}`)).status).toBe(401);
  expect((await (await signUp(api)).ask(`${path}?${DAYS}`)).status).toBe(404);
});
