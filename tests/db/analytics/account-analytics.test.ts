// @module-tag long
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import type { AccountAnalytics, ChannelRow, DayRow, Kpis, SiteAnalytics } from "#contract/analytics.ts";
import type { Database } from "#db/database.ts";
import { reportDeps } from "#tests/db/reports/report-deps.ts";
import {
  NOW,
  RANGE,
  siteStory,
  tellAccount,
  type StoryOf,
  type TellableAccount,
  type ToldSite,
} from "#tests/db/reports/random-account.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";
import {
  getAccountAnalytics,
  type AccountAnalyticsInput,
} from "#usecases/analytics/get-account-analytics.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { composeSites } from "#usecases/reports/compose-sites.ts";
import { loadFigures } from "#usecases/reports/load-figures.ts";

const ACCOUNTS = process.env["SOAK"] === "1" ? 40 : 6;
const ZONES = ["Europe/Berlin", "Asia/Kolkata", "America/Los_Angeles", "Pacific/Auckland"] as const;
const NOTHING: StoryOf<typeof siteStory> = { campaigns: 1, visits: [], spend: [], reach: [] };
const COUNTS = ["impressions", "clicks", "pageviews", "sessions", "visitors"] as const;

let db: Database;
/** Round trips since the test began, and statements in each. */
const trips: number[] = [];

beforeAll(async () => {
  ({ db } = await createDatabase());
});

const clock = { now: () => new Date(NOW) };
const databases = { named: () => db, names: () => ["main"] };
const deps = { databases, clock };
const options = {
  ...RANGE,
  compare: "previous",
  model: "linear",
  lookbackDays: 30,
  direct: "keep",
} as const;

const story = fc.record({
  sites: fc.array(fc.tuple(siteStory, fc.constantFrom("EUR", "EUR", "USD"), fc.constantFrom(...ZONES)), {
    minLength: 1,
    maxLength: 4,
  }),
  rate: fc.constantFrom(null, "1.0843", "1.25"),
});

type Told = { accountId: number; sites: ToldSite[] };

async function tell({ sites, rate }: TellableAccount): Promise<Told> {
  // One site without any data, and the first two with margins of their own.
  const told = await tellAccount(db, { sites: [...sites, [NOTHING, "EUR"]], rate });
  for (const [index, { siteId }] of told.sites.slice(0, 2).entries())
    await db.execute(sql`update site.sites set margin_percent = ${40 - index * 15} where id = ${siteId}`);
  return told;
}

async function accountFigures(
  accountId: number,
  asked: Partial<AccountAnalyticsInput> = {},
): Promise<AccountAnalytics> {
  const account = { accountId, accountPublicId: `acc_${accountId}`, database: "main" };
  const answer = await getAccountAnalytics(deps, { ...options, account, ...asked });
  if (!answer.ok) throw new Error(answer.error.kind);
  return answer.value;
}

async function siteFigures(site: ToldSite, currency: string | null): Promise<SiteAnalytics> {
  const { siteId, publicId } = site;
  const answer = await getSiteAnalytics(deps, {
    ...options,
    site: { siteId, publicId, database: "main" },
    currency: currency ?? undefined,
  });
  if (!answer.ok) throw new Error(answer.error.kind);
  return answer.value;
}

/** No number where a part has none for want of a rate; of the others those that say something. */
function sumSpend(rows: readonly { spendMinor: number | null; isForeign: boolean }[]): number | null {
  const known = rows.flatMap(({ spendMinor }) => spendMinor ?? []);
  const isForeign = rows.some((row) => row.isForeign);
  return isForeign || known.length === 0 ? null : known.reduce((sum, minor) => sum + minor, 0);
}

function sumOf<K extends string>(rows: readonly Record<K, number>[], key: K): number {
  return rows.reduce((sum, row) => sum + row[key], 0);
}

function expectedKpis(all: readonly Kpis[]) {
  return {
    ...expectedProfit(all),
    ...Object.fromEntries(COUNTS.map((key) => [key, sumOf(all, key)])),
    conversions: expect.closeTo(sumOf(all, "conversions"), 9),
    revenueMinor: sumOf(all, "revenueMinor"),
    refundMinor: all.reduce((sum, { refundMinor }) => sum + (refundMinor ?? 0), 0),
    spendMinor: sumSpend(all.map((one) => ({ ...one, isForeign: one.cpa.reason === "currency_mismatch" }))),
  };
}

/** Ratios of the sums, never sums of ratios; none over revenue of which some has no rate. */
function expectedRatios(figures: Kpis, isRevenueForeign: boolean) {
  const { visitors, conversions, spendMinor, clicks, impressions } = figures;
  const revenueMinor = isRevenueForeign ? null : figures.revenueMinor;
  const over = (top: number | null, base: number | null) =>
    top === null || base === null || base === 0 ? null : expect.closeTo(top / base, 9);
  return {
    ctr: { value: over(clicks, impressions) },
    cvr: { value: over(conversions, visitors) },
    aov: { value: over(revenueMinor, conversions) },
    cpa: { value: over(spendMinor, conversions) },
    roas: { value: over(revenueMinor, spendMinor) },
    roi: {
      value: over(
        spendMinor === null || revenueMinor === null ? null : revenueMinor - spendMinor,
        spendMinor,
      ),
    },
  };
}

function expectSum(figures: Kpis, parts: readonly Kpis[]): void {
  expect(figures).toMatchObject(expectedKpis(parts));
  const isRevenueForeign = parts.some(({ aov }) => aov.reason === "currency_mismatch");
  expect(figures).toMatchObject(expectedRatios(figures, isRevenueForeign));
}

/** Known where each site that earned something knows its margin; where none earned, the margins may be too unlike. */
function expectedProfit(all: readonly Kpis[]): { grossProfitMinor?: number | null } {
  const earning = all.filter(({ revenueMinor }) => revenueMinor !== 0);
  if (earning.length === 0) return {};
  const isKnown = earning.every(({ grossProfitMinor }) => grossProfitMinor !== null);
  const sum = earning.reduce((total, one) => total + (one.grossProfitMinor ?? 0), 0);
  return { grossProfitMinor: isKnown ? sum : null };
}

/** Which days' spend has no rate, days do not say: then it is taken as it is told. */
function expectedDays(sites: readonly DayRow[][], told: readonly DayRow[] | null) {
  const [first = []] = sites;
  return first.map(({ day }, index) => {
    const rows = sites.flatMap((days) => days[index] ?? []);
    const sum = sumSpend(rows.map((row) => ({ ...row, isForeign: false })));
    return {
      day,
      ...Object.fromEntries(COUNTS.map((key) => [key, sumOf(rows, key)])),
      conversions: expect.closeTo(sumOf(rows, "conversions"), 9),
      revenueMinor: sumOf(rows, "revenueMinor"),
      isRevenueForeign: rows.some(({ isRevenueForeign }) => isRevenueForeign),
      spendMinor: told === null ? sum : told[index]?.spendMinor,
    };
  });
}

function expectedChannels(sites: readonly ChannelRow[][]) {
  const names = [...new Set(sites.flat().map(({ channel }) => channel))].toSorted();
  return names.map((channel) => {
    const rows = sites.flat().filter((row) => row.channel === channel);
    return {
      channel,
      ...Object.fromEntries(
        (["impressions", "clicks", "sessions", "visitors", "revenueMinor"] as const).map((key) => [
          key,
          sumOf(rows, key),
        ]),
      ),
      conversions: expect.closeTo(sumOf(rows, "conversions"), 9),
      isRevenueForeign: rows.some(({ isRevenueForeign }) => isRevenueForeign),
    };
  });
}

const byChannel = (a: ChannelRow, b: ChannelRow) => (a.channel < b.channel ? -1 : 1);

describe("the figures of an account", () => {
  it("are the sum of what its sites say each for itself, by day and by channel too", async () => {
    const stories = fc.sample(story, { numRuns: ACCOUNTS, seed: 20_261_130 });
    for (const [index, one] of stories.entries()) {
      const told = await tell(one);
      const asked = one.rate !== null && index % 2 === 1 ? { currency: "USD" } : {};
      const account = await accountFigures(told.accountId, asked);
      const sites: SiteAnalytics[] = [];
      for (const site of told.sites) sites.push(await siteFigures(site, account.basis.currency));
      const isForeign = account.kpis.cpa.reason === "currency_mismatch";

      expectSum(
        account.kpis,
        sites.map(({ kpis }) => kpis),
      );
      expectSum(
        account.previous as Kpis,
        sites.map(({ previous }) => previous as Kpis),
      );
      expect(account.comparisonRange).toEqual(sites[0]?.comparisonRange);
      expect(account.days).toEqual(
        expectedDays(
          sites.map(({ days }) => days),
          isForeign ? account.days : null,
        ),
      );
      expect(account.channels.toSorted(byChannel)).toEqual(
        expectedChannels(sites.map(({ channels }) => channels)),
      );
      expect(
        new Map(account.sites.map(({ siteId, kpis, previous }) => [siteId, { kpis, previous }])),
      ).toEqual(new Map(sites.map(({ siteId, kpis, previous }) => [siteId, { kpis, previous }])));
    }
  });

  it("are those of a report of all its sites, in the currency that most of them have", async () => {
    const [one] = fc.sample(story, { numRuns: 1, seed: 7 });
    const { accountId, sites } = await tell({ sites: one?.sites ?? [], rate: "1.25" });
    const account = await accountFigures(accountId, { model: "last", compare: "none" });
    const figures = await loadFigures(reportDeps(db), {
      database: "main",
      report: {
        accountId,
        siteId: null,
        campaigns: [],
        campaignIds: [],
        kind: "executive-summary",
        publicId: "rep_1",
        options: {
          ...RANGE,
          model: "last",
          lookbackDays: 30,
          direct: "keep",
          compare: "none",
          currency: null,
        },
      } as unknown as Parameters<typeof loadFigures>[1]["report"],
    });
    if (!figures.ok) throw new Error(figures.error.kind);
    const {
      rows,
      totals: { isRevenueForeign, ...totals },
    } = composeSites(figures.value.sites);

    expect(account.basis.currency).toBe(figures.value.currency);
    expect(account.kpis).toMatchObject(totals);
    expect(account.kpis.aov.reason === "currency_mismatch").toBe(isRevenueForeign === true);
    expect(account.sites).toHaveLength(sites.length);
    expect(new Map(rows.map(({ name, revenueMinor }) => [name, revenueMinor]))).toEqual(
      new Map(account.sites.map(({ name, kpis }) => [name, kpis.revenueMinor])),
    );
  });

  it("have no spend where one site's has no rate, and name the revenue that has none", async () => {
    const order = { cents: 5_000, refund: null };
    const shop = (currency: "EUR" | "USD"): TellableAccount["sites"][number] => [
      {
        campaigns: 1,
        visits: [{ daysAgo: 2, touches: [0], orders: [{ ...order, currency }] }],
        spend: [{ campaign: 0, daysAgo: 2, cents: 1_000, currency }],
        reach: [],
      },
      currency,
    ];
    const { accountId } = await tellAccount(db, { sites: [shop("EUR"), shop("USD")], rate: null });
    const { kpis, basis, sites } = await accountFigures(accountId);

    expect(basis.currency).toBe("EUR");
    expect(kpis).toMatchObject({
      revenueMinor: 5_000,
      conversions: 2,
      spendMinor: null,
      aov: { value: null, reason: "currency_mismatch" },
      roas: { value: null, reason: "currency_mismatch" },
      cpa: { value: null, reason: "currency_mismatch" },
    });
    const left = [{ currency: "USD", revenueMinor: 5_000, conversions: 1 }];
    expect(basis.otherCurrencies).toEqual(left);
    expect(sites.map(({ currency, otherCurrencies }) => [currency, otherCurrencies])).toEqual([
      ["EUR", []],
      ["USD", left],
    ]);
  });

  it("are nothing, in no currency, of an account without sites, and never another account's", async () => {
    const { accountId } = await createSite(db);
    await db.execute(
      sql`update site.sites set account_id = account_id + 1000000 where account_id = ${accountId}`,
    );
    const account = await accountFigures(accountId);

    expect(account).toMatchObject({
      sites: [],
      channels: [],
      basis: { currency: null, otherCurrencies: [] },
    });
    expect(account.kpis).toMatchObject({
      visitors: 0,
      conversions: 0,
      revenueMinor: 0,
      spendMinor: null,
      roas: { value: null, reason: "no_spend" },
    });
    expect(account.days).toHaveLength(9);
    expect((await accountFigures(accountId, { currency: "CHF" })).basis.currency).toBe("CHF");
  });

  it("are asked with a round trip for the sites and one for each five of them", async () => {
    const sites = Array.from({ length: 7 }, (): TellableAccount["sites"][number] => [NOTHING, "EUR"]);
    const { accountId } = await tellAccount(db, { sites, rate: null });
    await accountFigures(accountId);
    const counted = { databases: { ...databases, named: () => counting(db) }, clock };
    const account = { accountId, accountPublicId: "acc_1", database: "main" };
    trips.length = 0;
    await getAccountAnalytics(counted, { ...options, account });

    // Ten statements a site and range: five sites with two ranges, and two.
    expect(trips).toEqual([1, 100, 40]);
  });

  it.each([
    [{ from: RANGE.to, to: RANGE.from }, { kind: "invalid_range" }],
    [{ currency: "XQX" }, { kind: "unknown_currency", currency: "XQX" }],
  ])("refuses %o", async (asked, error) => {
    const account = { accountId: 1, accountPublicId: "acc_1", database: "main" };
    expect(await getAccountAnalytics(deps, { ...options, account, ...asked })).toEqual({ ok: false, error });
  });
});

/** Counts round trips: drizzle sends a query when it is waited for, and a batch at once. */
function counting(real: Database): Database {
  return new Proxy(real, {
    get(target, name) {
      if (name === "batch") {
        return async (statements: Parameters<Database["batch"]>[0]) => {
          trips.push(statements.length);
          return await target.batch(statements);
        };
      }
      if (name === "select") trips.push(1);
      return Reflect.get(target, name) as unknown;
    },
  });
}
