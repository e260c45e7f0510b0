import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ExchangeRate } from "#contract/rates.ts";
import type { Page, PageKey } from "#usecases/page.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { keyPrincipal, testDeps, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
import { deleteRate } from "#usecases/spend/delete-rate.ts";
import { fetchRates } from "#usecases/spend/fetch-rates.ts";
import { listRates, type RateKey } from "#usecases/spend/list-rates.ts";
import { putRates } from "#usecases/spend/put-rates.ts";

const NOW = new Date("2026-03-09T17:00:00.000Z");
const FILE = `<Cube><Cube time="2026-03-09"><Cube currency="USD" rate="1.09"/><Cube currency="JPY" rate="161"/></Cube>
  <Cube time="2026-03-06"><Cube currency="USD" rate="1.0843"/></Cube></Cube>`;

let database: TestDatabase;
let site: TestSite;
beforeAll(async () => {
  database = await createDatabase();
});
beforeEach(async () => {
  site = await createSite(database.db);
  await database.db.execute(sql`delete from site.rates where account_id = 0`);
});

function fetching(fetchRatesFile: (() => Promise<string>) | null) {
  return { ...testDeps(database.db, NOW), fetchRatesFile };
}

async function allRates(limit = 200): Promise<ExchangeRate[]> {
  const principal = keyPrincipal(site);
  const items: ExchangeRate[] = [];
  let next: PageKey | null = null;
  do {
    const after: RateKey | null = next && {
      day: String(next[0]),
      currency: String(next[1]),
      isOwn: next[2] === 1,
    };
    const asked = { principal, currency: undefined, from: undefined, to: undefined, after, limit };
    const page: Page<ExchangeRate> = valueOf(await listRates(testDeps(database.db), asked));
    items.push(...page.items);
    next = page.next;
  } while (next !== null);
  return items;
}

describe("the published rates", () => {
  it("are fetched once: a second run asks nobody, and the same file again changes nothing", async () => {
    let asked = 0;
    const deps = fetching(async () => {
      asked += 1;
      return FILE;
    });
    await fetchRates(deps);
    await fetchRates(deps);
    expect(asked).toBe(1);
    expect(
      (await allRates()).map(({ day, currency, rate, source }) => [day, currency, rate, source]),
    ).toEqual([
      ["2026-03-09", "JPY", "161", "ECB"],
      ["2026-03-09", "USD", "1.09", "ECB"],
      ["2026-03-06", "USD", "1.0843", "ECB"],
    ]);
    expect(deps.logged).toEqual(["info rates_fetched"]);
  });

  it("that cannot be fetched or read are logged, harm nothing, and are asked for again", async () => {
    const away = fetching(async () => await Promise.reject(new Error("no network")));
    await fetchRates(away);
    expect(away.logged).toEqual(["warn rates_not_fetched"]);
    const odd = fetching(async () => await Promise.resolve("<html>Sorry</html>"));
    await fetchRates(odd);
    expect(odd.logged).toEqual(["warn rates_file_faulty"]);
    expect(await allRates()).toEqual([]);
    await fetchRates(fetching(null));
    const back = fetching(async () => await Promise.resolve(FILE));
    await fetchRates(back);
    expect(await allRates()).toHaveLength(3);
  });
});

describe("an account's own rates", () => {
  const rates = [
    { currency: "USD", day: "2026-03-09", rate: "1.5" },
    { currency: "CHF", day: "2026-03-08", rate: "0.95", source: "our bank" },
  ];

  it("stand beside the shared ones, in pages without gaps; deleted, the shared one is left", async () => {
    await fetchRates(fetching(async () => await Promise.resolve(FILE)));
    const deps = testDeps(database.db, NOW);
    const principal = keyPrincipal(site);
    expect(valueOf(await putRates(deps, { principal, request: { rates } }))).toEqual({ changed: 2 });
    expect(valueOf(await putRates(deps, { principal, request: { rates } }))).toEqual({ changed: 0 });
    const listed = await allRates(1);
    expect(listed.map(({ day, currency, isOwn }) => [day, currency, isOwn])).toEqual([
      ["2026-03-09", "JPY", false],
      ["2026-03-09", "USD", false],
      ["2026-03-09", "USD", true],
      ["2026-03-08", "CHF", true],
      ["2026-03-06", "USD", false],
    ]);
    const gone = { principal, currency: "USD", day: "2026-03-09" };
    expect((await deleteRate(deps, gone)).ok).toBe(true);
    expect(await deleteRate(deps, gone)).toEqual({ ok: false, error: { kind: "rate_not_found" } });
    expect(await allRates()).toHaveLength(4);
  });

  it("are all refused when one is of no currency or stands twice, and are nobody else's", async () => {
    const deps = testDeps(database.db, NOW);
    const principal = keyPrincipal(site);
    const wrong = [...rates, { currency: "ZZZ", day: "2026-03-09", rate: "1" }, ...rates.slice(0, 1)];
    expect(await putRates(deps, { principal, request: { rates: wrong } })).toEqual({
      ok: false,
      error: {
        kind: "invalid_rates",
        faults: [
          { index: 2, field: "currency", fault: "unknown_currency" },
          { index: 3, field: "day", fault: "repeated" },
        ],
      },
    });
    expect(await allRates()).toEqual([]);
    await putRates(deps, { principal, request: { rates } });
    site = await createSite(database.db);
    expect(await allRates()).toEqual([]);
  });
});
