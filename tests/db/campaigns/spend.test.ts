import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { createCampaign } from "#usecases/campaigns/create-campaign.ts";
import { deleteSpend } from "#usecases/campaigns/delete-spend.ts";
import { listSpend } from "#usecases/campaigns/list-spend.ts";
import { putSpend } from "#usecases/campaigns/put-spend.ts";
import type { Page, PageKey } from "#usecases/page.ts";
import type { PutSpendRequest, SpendRow } from "#contract/campaigns.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { keyPrincipal, siteRef, testDeps, valueOf, type TestDeps } from "./campaign-deps.ts";

let database: TestDatabase;
let site: TestSite;
let deps: TestDeps;
let target: { principal: ReturnType<typeof keyPrincipal>; campaignId: string };

beforeAll(async () => {
  database = await createDatabase();
});

beforeEach(async () => {
  site = await createSite(database.db);
  deps = testDeps(database.db);
  const request = { name: "Spring", channel: "email", currency: "USD" };
  const principal = keyPrincipal(site);
  const campaign = valueOf(await createCampaign(deps, { site: siteRef(site), principal, request }));
  target = { principal, campaignId: campaign.id };
});

const put = async (rows: PutSpendRequest["rows"]) => await putSpend(deps, { ...target, request: { rows } });
const MARCH = { from: "2026-03-01", to: "2026-03-31", after: null, limit: undefined };

async function march() {
  return valueOf(await listSpend(deps, { ...target, ...MARCH })).items;
}

async function spendVersion(): Promise<number> {
  const { rows } = await database.db.execute<{ v: number }>(
    sql`select spend_version as v from site.sites where id = ${site.siteId}`,
  );
  return rows[0]?.v ?? 0;
}

test("rows are kept to the minor unit, in the campaign's currency unless they name one", async () => {
  expect(
    valueOf(
      await put([
        { day: "2026-03-02", amountMinor: 9_007_199_254_740_991, note: "all in" },
        { day: "2026-03-01", amountMinor: 0, currency: "JPY", source: "google" },
      ]),
    ),
  ).toEqual({ written: 2 });

  const updatedAt = "2026-03-09T10:00:00.000Z";
  expect(await march()).toEqual([
    { day: "2026-03-01", amount: { minor: 0, currency: "JPY" }, source: "google", note: null, updatedAt },
    {
      day: "2026-03-02",
      amount: { minor: 9_007_199_254_740_991, currency: "USD" },
      source: "manual",
      note: "all in",
      updatedAt,
    },
  ]);
  expect(await spendVersion()).toBe(2);
});

test("the same day and source again replaces, another source stands beside it", async () => {
  await put([{ day: "2026-03-01", amountMinor: 100, note: "first" }]);
  await put([
    { day: "2026-03-01", amountMinor: 250 },
    { day: "2026-03-01", amountMinor: 7, source: "google" },
  ]);

  expect((await march()).map(({ source, amount, note }) => [source, amount.minor, note])).toEqual([
    ["google", 7, null],
    ["manual", 250, null],
  ]);
  expect(await spendVersion()).toBe(3);
});

test("a request that names a day and source twice, or no currency, writes nothing at all", async () => {
  const refused = await put([
    { day: "2026-03-01", amountMinor: 1 },
    { day: "2026-03-02", amountMinor: 2 },
    { day: "2026-03-01", amountMinor: 3, source: "manual" },
    { day: "2026-03-03", amountMinor: 3, currency: "ZZZ" },
  ]);

  expect(refused).toEqual({
    ok: false,
    error: {
      kind: "invalid_rows",
      faults: [
        { index: 2, field: "day", fault: "repeated" },
        { index: 3, field: "currency", fault: "unknown_currency" },
      ],
    },
  });
  expect(await march()).toEqual([]);
  expect(await spendVersion()).toBe(1);
});

test("a thousand rows are one statement, read back in pages without gaps", async () => {
  const rows = Array.from({ length: 1_000 }, (_, i) => ({
    day: `2026-03-${String((i % 31) + 1).padStart(2, "0")}`,
    source: `s${String(i).padStart(4, "0")}`,
    amountMinor: i,
  }));
  valueOf(await put(rows));

  const seen: number[] = [];
  let next: PageKey | null = null;
  do {
    const after = next && { day: String(next[0]), source: String(next[1]) };
    const page: Page<SpendRow> = valueOf(await listSpend(deps, { ...target, ...MARCH, limit: 300, after }));
    seen.push(...page.items.map(({ amount }) => amount.minor));
    next = page.next;
  } while (next !== null);
  expect(seen.toSorted((a, b) => a - b)).toEqual(rows.map(({ amountMinor }) => amountMinor));
});

test("a deleted row is gone, raises the version once, and is not found a second time", async () => {
  await put([{ day: "2026-03-01", amountMinor: 1 }]);
  const row = { ...target, day: "2026-03-01", source: undefined };

  expect(await deleteSpend(deps, { ...row, source: "google" })).toMatchObject({
    error: { kind: "spend_not_found" },
  });
  expect((await deleteSpend(deps, row)).ok).toBe(true);
  expect(await deleteSpend(deps, row)).toMatchObject({ error: { kind: "spend_not_found" } });
  expect(await march()).toEqual([]);
  expect(await spendVersion()).toBe(3);
});

test("a range that ends before it starts is refused, and another account's spend is not there", async () => {
  expect(await listSpend(deps, { ...target, ...MARCH, from: "2026-04-01" })).toMatchObject({
    error: { kind: "invalid_range" },
  });
  const principal = keyPrincipal(await createSite(database.db));
  const rows = [{ day: "2026-03-01", amountMinor: 1 }];
  expect(await putSpend(deps, { ...target, principal, request: { rows } })).toMatchObject({
    error: { kind: "campaign_not_found" },
  });
  expect(await listSpend(deps, { ...target, principal, ...MARCH })).toMatchObject({
    error: { kind: "campaign_not_found" },
  });
  expect(await march()).toEqual([]);
});
