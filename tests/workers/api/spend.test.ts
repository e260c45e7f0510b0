import { beforeAll, describe, expect, test } from "vitest";
import { deals } from "#contract/deals.ts";
import { list } from "#contract/primitives.ts";
import { exchangeRate } from "#contract/rates.ts";
import { pacing, spendLedger } from "#contract/spend.ts";
import { setSuperadmin } from "#db/queries/accounts/superadmins.ts";
import { addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

let api: RunningApi;
let owner: Person;
let site: string;
let campaign: string;

beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
  site = String((await owner.ask("POST /api/v1/sites", { ...SHOP, marginPercent: 40 })).body["id"]);
  const plan = { name: "Spring", channel: "email", budgetMinor: 10_000 };
  campaign = String((await owner.ask(`POST /api/v1/sites/${site}/campaigns`, plan)).body["id"]);
});

const RATE = { currency: "USD", day: "2026-03-06", rate: "1.25" };

describe("rates", () => {
  test("are written as exact decimals and read back, the same again changes nothing", async () => {
    const first = await owner.ask("PUT /api/v1/rates", { rates: [RATE] });
    expect([first.status, first.body]).toEqual([200, { changed: 1 }]);
    expect((await owner.ask("PUT /api/v1/rates", { rates: [RATE] })).body).toEqual({ changed: 0 });
    const read = await owner.ask("GET /api/v1/rates?currency=USD");
    expect(read.status).toBe(200);
    expect(list(exchangeRate).parse(read.body).items).toEqual([{ ...RATE, source: "api", isOwn: true }]);
  });

  test.each([
    [{ ...RATE, rate: "0" }, "rates.0.rate"],
    [{ ...RATE, rate: "1,25" }, "rates.0.rate"],
    [{ ...RATE, rate: "1e3" }, "rates.0.rate"],
    [{ ...RATE, currency: "EUR" }, "rates.0.currency"],
    [{ ...RATE, currency: "ZZZ" }, "rates.0.currency"],
    [{ ...RATE, day: "2026-02-30" }, "rates.0.day"],
  ])("refuses %j and names the field", async (rate, path) => {
    const answer = await owner.ask("PUT /api/v1/rates", { rates: [rate] });
    expect([answer.status, answer.body["code"]]).toEqual([400, "invalid_request"]);
    expect(answer.body["errors"]).toMatchObject([{ path }]);
  });

  test("are closed to nobody-in-particular, to programs without the scope, and unknown to other accounts", async () => {
    for (const [route, body] of [
      ["GET /api/v1/rates", undefined],
      ["PUT /api/v1/rates", { rates: [RATE] }],
      ["DELETE /api/v1/rates/USD/2026-03-06", undefined],
    ] as const) {
      expect((await ask(api, route, body && { body })).status).toBe(401);
    }
    const reader = await addProgram(api, owner, ["analytics:read"]);
    expect((await reader.ask("PUT /api/v1/rates", { rates: [RATE] })).status).toBe(403);
    const stranger = await signUp(api);
    expect((await stranger.ask("GET /api/v1/rates?currency=USD")).body["items"]).toEqual([]);
    expect((await stranger.ask("DELETE /api/v1/rates/USD/2026-03-06")).status).toBe(404);
    expect((await owner.ask("GET /api/v1/rates?from=2026-03-02&to=2026-03-01")).body["code"]).toBe(
      "invalid_range",
    );
    expect((await owner.ask("GET /api/v1/rates?after=nonsense")).body["code"]).toBe("invalid_cursor");
  });

  test("of the installation are nobody's business but of whoever runs it", async () => {
    const answer = await owner.ask("PUT /api/v1/admin/rates", { rates: [RATE] });
    expect([answer.status, answer.body["code"]]).toEqual([404, "not_found"]);
    expect((await ask(api, "PUT /api/v1/admin/rates", { body: { rates: [RATE] } })).status).toBe(404);

    const admin = await signUp(api);
    await setSuperadmin(api.db, { email: admin.email, isSuperadmin: true, at: new Date() });
    const shared = { ...RATE, currency: "NOK", rate: "11.7", source: "ECB" };
    expect((await admin.ask("PUT /api/v1/admin/rates", { rates: [shared, shared] })).status).toBe(400);
    expect((await admin.ask("PUT /api/v1/admin/rates", { rates: [shared] })).body).toEqual({ changed: 1 });
    const read = await owner.ask("GET /api/v1/rates?currency=NOK");
    expect(read.body["items"]).toEqual([{ ...shared, isOwn: false }]);
  });
});

describe("the ledger", () => {
  test("holds imported rows and what deals come to, in the site's currency, with a total", async () => {
    const rows = [
      {
        campaign,
        day: "2026-03-06",
        amountMinor: 1_000,
        currency: "USD",
        source: "google",
        note: "invoice 7",
      },
      { campaign, day: "2026-03-07", amountMinor: 0 },
    ];
    for (let again = 0; again < 2; again += 1) {
      const written = await owner.ask(`PUT /api/v1/sites/${site}/spend`, { rows });
      expect([written.status, written.body]).toEqual([200, { written: 2 }]);
    }
    const terms = { kind: "fixed", amountMinor: 301, startsOn: "2026-03-07", endsOn: "2026-03-08" };
    const key = { "idempotency-key": "deal-of-march" };
    for (const replayed of [null, "true"]) {
      const route = `POST /api/v1/campaigns/${campaign}/deals`;
      const made = await owner.ask(route, terms, key);
      expect([made.status, made.headers.get("idempotent-replayed")]).toEqual([201, replayed]);
    }

    const answer = await owner.ask(`GET /api/v1/sites/${site}/spend?from=2026-03-01&to=2026-03-31`);
    const ledger = spendLedger.parse(answer.body);
    expect(ledger.items.map((row) => [row.day, row.source.split(":")[0], row.convertedMinor])).toEqual([
      ["2026-03-08", "deal", 150],
      ["2026-03-07", "deal", null],
      ["2026-03-07", "manual", 0],
      ["2026-03-06", "google", 800],
    ]);
    expect(ledger.total).toEqual({ spendMinor: 950, rows: 4, withoutRate: [] });
    expect(ledger.currencies).toEqual([{ currency: "USD", rate: null }]);

    const figures = await owner.ask(`GET /api/v1/sites/${site}/analytics?from=2026-03-01&to=2026-03-31`);
    expect(figures.body["kpis"]).toMatchObject({ spendMinor: 950, breakEvenRoas: { value: 2.5 } });
    const page = await owner.ask(`GET /api/v1/sites/${site}/spend?from=2026-03-01&to=2026-03-31&limit=3`);
    const rest = await owner.ask(
      `GET /api/v1/sites/${site}/spend?from=2026-03-01&to=2026-03-31&after=${String(page.body["next"])}`,
    );
    expect(rest.body).toMatchObject({ items: [{ day: "2026-03-06" }], next: null, total: ledger.total });
  });

  test("refuses days in the wrong order, and a campaign of another site is not found", async () => {
    const route = `GET /api/v1/sites/${site}/spend`;
    expect((await owner.ask(`${route}?from=2026-03-02&to=2026-03-01`)).body["code"]).toBe("invalid_range");
    expect((await owner.ask(`${route}?from=2026-03-02`)).status).toBe(400);
    const stranger = await owner.ask(`${route}?from=2026-03-01&to=2026-03-02&campaign=cmp_other`);
    expect([stranger.status, stranger.body["code"]]).toEqual([404, "not_found"]);
  });

  test("and deals and budgets answer as the contract says", async () => {
    const paced = pacing.parse((await owner.ask(`GET /api/v1/sites/${site}/pacing`)).body);
    expect(paced.items).toMatchObject([{ name: "Spring", pace: { value: null, reason: "no_flight" } }]);
    const kept = deals.parse((await owner.ask(`GET /api/v1/sites/${site}/deals`)).body);
    expect(kept.items).toMatchObject([{ campaignId: campaign, kind: "fixed", amount: { minor: 301 } }]);
    const id = kept.items[0]?.id ?? "";
    const lost = { kind: "fixed", startsOn: "2026-03-09", endsOn: "2206-03-09", amountMinor: 301 };
    for (const route of [
      `POST /api/v1/campaigns/${campaign}/deals`,
      `PUT /api/v1/campaigns/${campaign}/deals/${id}`,
    ]) {
      const refused = await owner.ask(route, lost);
      expect([refused.status, refused.body["errors"]]).toEqual([
        400,
        [
          {
            path: "endsOn",
            code: "day_out_of_range",
            message: expect.stringMatching(/^Must be a day from 2000-01-01 to 20\d\d-/),
          },
        ],
      ]);
    }
    expect((await owner.ask(`GET /api/v1/sites/${site}/deals`)).body["items"]).toEqual(kept.items);
    const other = await owner.ask(`POST /api/v1/sites/${site}/campaigns`, { name: "B", channel: "email" });
    const wrongPlace = `/api/v1/campaigns/${String(other.body["id"])}/deals/${id}`;
    expect((await owner.ask(`DELETE ${wrongPlace}`)).status).toBe(404);
    expect((await owner.ask(`DELETE /api/v1/campaigns/${campaign}/deals/${id}`)).status).toBe(204);
  });
});
