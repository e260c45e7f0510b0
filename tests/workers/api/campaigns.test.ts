import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { campaign as campaignShape, spendRow } from "#contract/campaigns.ts";
import { list } from "#contract/primitives.ts";
import { type Answer, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

let api: RunningApi;
let owner: Person;
let siteId: string;

beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
});

beforeEach(async () => {
  siteId = String((await owner.ask("POST /api/v1/sites", SHOP)).body["id"]);
});
const create = async (given: Record<string, unknown>, headers: Record<string, string> = {}) =>
  await owner.ask(`POST /api/v1/sites/${siteId}/campaigns`, { channel: "email", ...given }, headers);
const make = async (given: Record<string, unknown>) => {
  const answer = await create(given);
  expect(answer.status).toBe(201);
  return campaignShape.parse(answer.body);
};
const patch = async (id: string, body: object) => await owner.ask(`PATCH /api/v1/campaigns/${id}`, body);
const errorsOf = (answer: Answer) => answer.body["errors"];

describe("a campaign", () => {
  test("is made with its name as matcher, and read back whole", async () => {
    const made = await make({
      name: "Frühling 2026",
      startsOn: "2026-03-01",
      endsOn: "2026-05-31",
      budgetMinor: 500_000,
      goal: "sell",
      targetRoas: 4,
    });

    expect(made).toMatchObject({
      siteId,
      name: "Frühling 2026",
      status: "active",
      currency: "EUR",
      budget: { minor: 500_000, currency: "EUR" },
      matchers: [{ kind: "utm_campaign", value: "frühling 2026" }],
    });
    expect((await owner.ask(`GET /api/v1/campaigns/${made.id}`)).body).toEqual(made);
  });

  test.each(["https://www.Müller.example/blog", "müller.example", "xn--mller-kva.example"])(
    "that is recognised by the referrer %s keeps it as browsers send it",
    async (value) => {
      const made = await make({ name: value, matchers: [{ kind: "referrer", value }] });
      expect(made.matchers).toEqual([{ kind: "referrer", value: "xn--mller-kva.example" }]);
      await owner.ask(`PATCH /api/v1/campaigns/${made.id}`, { matchers: [] });
    },
  );

  test("made again with the same Idempotency-Key is the same one; another request with it is refused", async () => {
    const key = { "idempotency-key": `make-${siteId}` };
    const first = await create({ name: "Once" }, key);
    const again = await create({ name: "Once" }, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect((await create({ name: "Other" }, key)).body["code"]).toBe("idempotency_key_reused");

    const { items } = (await owner.ask(`GET /api/v1/sites/${siteId}/campaigns`)).body as {
      items: unknown[];
    };
    expect(items).toHaveLength(1);
  });

  test("is refused a name or a matcher that is taken, and told by whom", async () => {
    const spring = await make({ name: "Spring" });
    const sameName = await create({ name: "SPRING", matchers: [] });
    expect([sameName.status, sameName.body["code"]]).toEqual([409, "name_taken"]);
    expect(errorsOf(sameName)).toMatchObject([{ path: "name" }]);

    const matchers = [
      { kind: "promo_code", value: "x" },
      { kind: "utm_campaign", value: " Spring" },
    ];
    const sameMatcher = await create({ name: "Autumn", matchers });
    expect([sameMatcher.status, sameMatcher.body["code"]]).toEqual([409, "matcher_taken"]);
    expect(sameMatcher.body["detail"]).toBe(
      `utm_campaign spring already belongs to the campaign Spring (${spring.id})`,
    );
    expect(errorsOf(sameMatcher)).toMatchObject([{ path: "matchers.1.value" }]);
  });

  test.each([
    [{ matchers: [{ kind: "utm_pair", value: "google" }] }, "invalid_request", "matchers.0.value"],
    [{ matchers: [{ kind: "click_id", value: "yclid" }] }, "invalid_request", "matchers.0.value"],
    [{ startsOn: "2026-03-02", endsOn: "2026-03-01" }, "invalid_request", "endsOn"],
    [{ startsOn: "2026-13-01" }, "invalid_request", "startsOn"],
    [{ currency: "ZZZ" }, "invalid_currency", "currency"],
    [{ budgetMinor: -1 }, "invalid_request", "budgetMinor"],
    [{ budgetMinor: 1.5 }, "invalid_request", "budgetMinor"],
    [{ name: "  " }, "invalid_request", "name"],
  ])("with %j is refused as %s at %s", async (given, code, path) => {
    const answer = await create({ name: "Spring", ...given });
    expect([answer.status, answer.body["code"]]).toEqual([400, code]);
    expect(errorsOf(answer)).toMatchObject([{ path }]);
  });

  test("pauses, resumes, completes and is reopened, and never becomes a draft", async () => {
    const { id } = await make({ name: "Spring" });
    for (const status of ["paused", "active", "completed", "active"]) {
      expect((await patch(id, { status })).body["status"]).toBe(status);
    }
    const refused = await patch(id, { status: "draft" });
    expect([refused.status, refused.body["code"]]).toEqual([409, "status_conflict"]);
    expect(refused.body["detail"]).toBe("From active a campaign can become paused or completed, not draft");
  });

  test("that is archived leaves the list, can still be read, and frees its name", async () => {
    const { id } = await make({ name: "Spring" });
    expect((await owner.ask(`DELETE /api/v1/campaigns/${id}`)).status).toBe(204);
    expect((await owner.ask(`GET /api/v1/sites/${siteId}/campaigns`)).body).toEqual({
      items: [],
      next: null,
    });
    expect((await owner.ask(`GET /api/v1/campaigns/${id}`)).body["archivedAt"]).toMatch(/^\d{4}-/);
    expect((await create({ name: "Spring", matchers: [] })).status).toBe(201);
  });

  test("keeps a text that no database could hold as well as can be", async () => {
    const made = await make({ name: "A\u0000B\ud800", notes: "x\u0000" });
    expect([made.name, made.notes]).toEqual(["AB\ufffd", "x"]);
  });
});

test("the list pages without gap or repeat while campaigns are made", async () => {
  for (const name of ["a", "b", "c", "d", "e"])
    await make({ name, status: name === "c" ? "draft" : "active" });
  const names: string[] = [];
  let next: string | null = null;
  do {
    const after = next === null ? "" : `&after=${next}`;
    const answer = await owner.ask(`GET /api/v1/sites/${siteId}/campaigns?limit=2${after}`);
    const page = list(campaignShape).parse(answer.body);
    names.push(...page.items.map(({ name }) => name));
    next = page.next;
    await make({ name: `late ${names.length}` });
  } while (next !== null);
  expect(names).toEqual(["e", "d", "c", "b", "a"]);

  const filtered = await owner.ask(`GET /api/v1/sites/${siteId}/campaigns?status=draft&q=C`);
  expect(
    list(campaignShape)
      .parse(filtered.body)
      .items.map(({ name }) => name),
  ).toEqual(["c"]);
});

describe("spend", () => {
  const spendOf = async (id: string, query = "") => {
    const answer = await owner.ask(`GET /api/v1/campaigns/${id}/spend${query}`);
    expect(answer.status).toBe(200);
    return list(spendRow).parse(answer.body);
  };
  const put = async (id: string, rows: object[]) =>
    await owner.ask(`PUT /api/v1/campaigns/${id}/spend`, { rows });

  test("is written, replaced, paged and taken away by day and source", async () => {
    const { id } = await make({ name: "Spring" });
    const days = Array.from({ length: 10 }, (_, i) => `2026-03-${String(i + 1).padStart(2, "0")}`);
    expect(
      (
        await put(
          id,
          days.map((day, i) => ({ day, amountMinor: i })),
        )
      ).body,
    ).toEqual({ written: 10 });
    expect((await put(id, [{ day: "2026-03-01", amountMinor: 999, note: "corrected" }])).status).toBe(200);
    await put(id, [{ day: "2026-03-01", amountMinor: 5, source: "google ads" }]);

    const first = await spendOf(id, "?limit=6");
    const second = await spendOf(id, `?limit=6&after=${first.next}`);
    const rows = [...first.items, ...second.items];
    expect(second.next).toBeNull();
    expect(rows).toHaveLength(11);
    expect(rows.slice(0, 2)).toMatchObject([
      { day: "2026-03-01", source: "google ads", amount: { minor: 5, currency: "EUR" } },
      { day: "2026-03-01", source: "manual", amount: { minor: 999 }, note: "corrected" },
    ]);

    const gone = `DELETE /api/v1/campaigns/${id}/spend/2026-03-01?source=google%20ads`;
    expect((await owner.ask(gone)).status).toBe(204);
    expect((await owner.ask(gone)).status).toBe(404);
    expect((await owner.ask(`DELETE /api/v1/campaigns/${id}/spend/2026-02-30`)).status).toBe(404);
    expect((await spendOf(id, "?from=2026-03-01&to=2026-03-01")).items).toMatchObject([{ source: "manual" }]);
    const backwards = await owner.ask(`GET /api/v1/campaigns/${id}/spend?from=2026-03-02&to=2026-03-01`);
    expect([backwards.status, backwards.body["code"]]).toEqual([400, "invalid_range"]);
  });

  test("with one row that cannot be is not written at all, and each such row is named", async () => {
    const { id } = await make({ name: "Spring" });
    const good = { day: "2026-03-01", amountMinor: 1 };
    const twice = await put(id, [
      good,
      { ...good, amountMinor: 2 },
      { ...good, day: "2026-03-02", currency: "ZZZ" },
    ]);
    expect(twice.status).toBe(400);
    expect(errorsOf(twice)).toEqual([
      { path: "rows.1.day", code: "repeated", message: expect.any(String) },
      { path: "rows.2.currency", code: "unknown_currency", message: expect.any(String) },
    ]);
    const noDay = await put(id, [good, { ...good, day: "2026-02-29" }]);
    expect(errorsOf(noDay)).toMatchObject([{ path: "rows.1.day" }]);
    expect((await put(id, [])).status).toBe(400);
    const tooMany = Array.from({ length: 1_001 }, (_, i) => ({ ...good, source: `s${i}` }));
    expect((await put(id, tooMany)).status).toBe(400);
    expect((await spendOf(id)).items).toEqual([]);
  });

  test("takes a thousand rows with long notes at once", async () => {
    const { id } = await make({ name: "Spring" });
    const rows = Array.from({ length: 1_000 }, (_, i) => ({
      day: "2026-03-01",
      amountMinor: Number.MAX_SAFE_INTEGER,
      source: `source ${i}`,
      note: "n".repeat(500),
    }));
    expect((await put(id, rows)).body).toEqual({ written: 1_000 });
    expect((await spendOf(id, "?limit=1")).items[0]?.amount.minor).toBe(Number.MAX_SAFE_INTEGER);
  });
});
