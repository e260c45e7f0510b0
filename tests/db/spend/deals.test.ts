import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { DealRequest } from "#contract/deals.ts";
import type { LedgerRow } from "#contract/spend.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { keyPrincipal, siteRef, testDeps, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { archiveCampaign } from "#usecases/campaigns/archive-campaign.ts";
import { createCampaign } from "#usecases/campaigns/create-campaign.ts";
import { putSpend } from "#usecases/campaigns/put-spend.ts";
import { updateCampaign } from "#usecases/campaigns/update-campaign.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { deleteDeal } from "#usecases/spend/delete-deal.ts";
import { getPacing } from "#usecases/spend/get-pacing.ts";
import { getSpendLedger } from "#usecases/spend/get-spend-ledger.ts";
import { listDeals } from "#usecases/spend/list-deals.ts";
import { writeDeal } from "#usecases/spend/write-deal.ts";

const ZONE = "Europe/Berlin";
const HOUR = 3_600_000;
const DAY_MS = 24 * HOUR;
const NOW = Math.floor(Date.now() / DAY_MS) * DAY_MS - 12 * HOUR;
const AT = NOW - 2 * DAY_MS;
const DAY = siteDay(AT, ZONE);
const TODAY = siteDay(NOW, ZONE);
const URL = "https://shop.example/?utm_source=n&utm_medium=email&utm_campaign=spring";

let db: Database;
beforeAll(async () => {
  ({ db } = await createDatabase());
});

async function stage() {
  const site = await createSite(db, { timeZone: ZONE });
  const deps = testDeps(db, new Date(NOW));
  const principal = keyPrincipal(site);
  const request = { name: "spring", channel: "email" };
  const campaign = valueOf(await createCampaign(deps, { site: siteRef(site), principal, request }));
  const target = { principal, campaignId: campaign.id };
  const deal = async (terms: DealRequest) =>
    valueOf(await writeDeal(deps, { ...target, dealId: null, request: terms }));
  return { site, deps, target, deal };
}

type Events = Parameters<typeof ingestMessage>[0]["events"];

async function events(site: TestSite, list: Events, via: "pixel" | "api" = "pixel") {
  const clock = { now: () => new Date(NOW) };
  const visitor = via === "pixel" ? { visitor: visitorId() } : {};
  const message = ingestMessage({ siteId: site.siteId, via, ...visitor, receivedAt: NOW, events: list });
  await ingestEvents({ db, clock, sites: new Map() }, [message]);
  await rollUpStaleHours({ db });
}

const order = (value: string, orderId: string) =>
  ({ type: "conversion", at: AT + HOUR, url: URL, conversion: { value, orderId } }) as const;

async function ledger({ site, deps }: Awaited<ReturnType<typeof stage>>, from = DAY, to = TODAY) {
  const asked = { site: siteRef(site), from, to, campaign: null, after: null, limit: undefined };
  return valueOf(await getSpendLedger(deps, asked));
}

async function kpis({ site, deps }: Awaited<ReturnType<typeof stage>>) {
  const asked = {
    from: DAY,
    to: TODAY,
    compare: "none",
    model: "last",
    lookbackDays: 30,
    direct: "keep",
  } as const;
  return valueOf(await getSiteAnalytics(deps, { ...asked, site: siteRef(site) }));
}

const short = ({ day, amount, isCounted, deal }: LedgerRow) => [
  day,
  deal?.kind ?? null,
  amount.minor,
  isCounted,
];

describe("what a deal comes to", () => {
  it("follows conversions by last touch, and what is corrected later", async () => {
    const shop = await stage();
    await shop.deal({ kind: "cpa", amountMinor: 500, startsOn: DAY });
    const share = await shop.deal({ kind: "revenue_share", sharePercent: 10, startsOn: DAY, endsOn: DAY });
    expect((await kpis(shop)).kpis).toMatchObject({ spendMinor: 0, cpa: { reason: "no_conversions" } });

    await events(shop.site, [{ type: "pageview", at: AT, url: URL }, order("100.00", "A-1")]);
    const { kpis: first, campaigns } = await kpis(shop);
    expect(first).toMatchObject({ revenueMinor: 10_000, spendMinor: 1_500, cpa: { value: 1_500 } });
    expect(campaigns).toMatchObject([{ spendMinor: 1_500 }]);

    await events(shop.site, [{ type: "pageview", at: AT, url: URL }, order("50.00", "A-2")]);
    const refund = { orderId: "A-1", value: "20.00" };
    await events(shop.site, [{ type: "refund", at: AT + 2 * HOUR, refund }], "api");
    const { total } = await ledger(shop);
    const { kpis: second } = await kpis(shop);
    expect(second.spendMinor).toBe(total.spendMinor);
    expect(second).toMatchObject({ revenueMinor: 13_000, refundMinor: 2_000, spendMinor: 2 * 500 + 1_300 });

    const gone = { ...shop.target, dealId: share.id };
    expect((await deleteDeal(shop.deps, gone)).ok).toBe(true);
    expect(await deleteDeal(shop.deps, gone)).toEqual({ ok: false, error: { kind: "deal_not_found" } });
    expect((await kpis(shop)).kpis.spendMinor).toBe(1_000);
  });

  it("does not count on a day for which spend was entered: nothing is paid twice", async () => {
    const shop = await stage();
    await shop.deal({ kind: "fixed", amountMinor: 300, startsOn: DAY, endsOn: addDays(DAY, 2) });
    await putSpend(shop.deps, { ...shop.target, request: { rows: [{ day: DAY, amountMinor: 70 }] } });
    const { items, total } = await ledger(shop);
    expect(items.map(short)).toEqual([
      [addDays(DAY, 2), "fixed", 100, true],
      [addDays(DAY, 1), "fixed", 100, true],
      [DAY, "fixed", 100, false],
      [DAY, null, 70, true],
    ]);
    expect(total).toEqual({ spendMinor: 270, rows: 4, withoutRate: [] });
    expect((await kpis(shop)).kpis.spendMinor).toBe(270);
  });

  it("is of impressions and clicks by the rollups, and changes the data version when the terms do", async () => {
    const shop = await stage();
    const click = (n: number) => ({ type: "click", at: AT + n, campaign: "spring" }) as const;
    const message = ingestMessage({
      siteId: shop.site.siteId,
      via: "api",
      receivedAt: NOW,
      visitor: visitorId(),
      events: [click(1), click(2), click(3)],
    });
    await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [message]);
    await rollUpStaleHours({ db });
    const deal = await shop.deal({ kind: "cpc", amountMinor: 45, startsOn: DAY });
    const before = await kpis(shop);
    expect(before.kpis).toMatchObject({ clicks: 3, spendMinor: 135 });

    const terms = { kind: "cpc", amountMinor: 50, startsOn: DAY } as const;
    valueOf(await writeDeal(shop.deps, { ...shop.target, dealId: deal.id, request: terms }));
    const after = await kpis(shop);
    expect(after.kpis.spendMinor).toBe(150);
    expect(after.basis.dataVersion).not.toBe(before.basis.dataVersion);
  });
});

describe("deals", () => {
  it("are refused with what is missing, and are another account's to nobody", async () => {
    const shop = await stage();
    const wrong = await writeDeal(shop.deps, {
      ...shop.target,
      dealId: null,
      request: { kind: "fixed", startsOn: DAY, currency: "ZZZ" },
    });
    expect(wrong).toMatchObject({
      error: {
        faults: [
          { field: "endsOn", fault: "fixed_needs_end" },
          { field: "amountMinor", fault: "needs_amount" },
          { field: "currency", fault: "unknown_currency" },
        ],
      },
    });
    expect(await listDeals(shop.deps, siteRef(shop.site))).toEqual([]);
    const deal = await shop.deal({ kind: "cpm", amountMinor: 400, startsOn: DAY });
    const stranger = { ...shop.target, principal: keyPrincipal(await createSite(db)), dealId: deal.id };
    expect(await deleteDeal(shop.deps, stranger)).toMatchObject({ error: { kind: "campaign_not_found" } });
    const { site: other } = await stage();
    expect(await listDeals(shop.deps, siteRef(other))).toEqual([]);
    expect(await listDeals(shop.deps, siteRef(shop.site))).toEqual([deal]);
  });
});

describe("the list of deals", () => {
  it("names the campaign that is paid for, when it is archived too", async () => {
    const shop = await stage();
    const deal = await shop.deal({ kind: "cpm", amountMinor: 400, startsOn: DAY });
    expect(deal).toMatchObject({ campaignId: shop.target.campaignId, campaign: "spring" });
    valueOf(await archiveCampaign(shop.deps, shop.target));
    expect(await listDeals(shop.deps, siteRef(shop.site))).toEqual([deal]);
  });
});

describe("the ledger", () => {
  it("tells the rate of the day and what has none, in pages without gaps", async () => {
    const shop = await stage();
    await db.execute(sql`insert into site.rates (account_id, currency, day, rate, source, updated_at)
      values (${shop.site.accountId}, 'USD', ${addDays(DAY, -1)}::date, 1.25, 'bank', now())`);
    const rows = [
      { day: DAY, amountMinor: 1_000, currency: "USD" },
      { day: DAY, amountMinor: 10, source: "google" },
      { day: TODAY, amountMinor: 500, currency: "GBP" },
    ];
    await putSpend(shop.deps, { ...shop.target, request: { rows } });
    const whole = await ledger(shop);
    expect(
      whole.items.map(({ amount, rate, convertedMinor }) => [amount.currency, rate, convertedMinor]),
    ).toEqual([
      ["GBP", null, null],
      ["EUR", null, 10],
      ["USD", { value: 0.8, day: addDays(DAY, -1), source: "bank" }, 800],
    ]);
    expect(whole.total).toEqual({
      spendMinor: null,
      rows: 3,
      withoutRate: [{ currency: "GBP", minor: 500 }],
    });
    expect(whole.currencies).toMatchObject([
      { currency: "GBP", rate: null },
      { currency: "USD", rate: { value: 0.8 } },
    ]);

    const seen: LedgerRow[] = [];
    for (let at = 0; at < 3; at += 1) {
      const last = seen.at(-1);
      const after = last ? { day: last.day, campaignId: last.campaignId, source: last.source } : null;
      const asked = { site: siteRef(shop.site), from: DAY, to: TODAY, campaign: null, after, limit: 1 };
      seen.push(...valueOf(await getSpendLedger(shop.deps, asked)).items);
    }
    expect(seen).toEqual(whole.items);
  });

  it("paces spend to date against the flight, in the campaign's currency", async () => {
    const shop = await stage();
    const flight = { startsOn: addDays(TODAY, -4), endsOn: addDays(TODAY, 5), budgetMinor: 10_000 };
    valueOf(await updateCampaign(shop.deps, { ...shop.target, request: flight }));
    const rows = [
      { day: addDays(TODAY, -4), amountMinor: 2_500 },
      { day: addDays(TODAY, 3), amountMinor: 9_999 },
    ];
    await putSpend(shop.deps, { ...shop.target, request: { rows } });
    expect((await getPacing(shop.deps, siteRef(shop.site))).items).toMatchObject([
      {
        name: "spring",
        spentMinor: 2_500,
        elapsed: { value: 0.5 },
        spent: { value: 0.25 },
        pace: { value: 0.5 },
      },
    ]);
  });
});

describe("a campaign that only cost money", () => {
  it("stays in every list and total, and margins are each campaign's own", async () => {
    const shop = await stage();
    const request = { name: "Billboards", channel: "offline" };
    const place = { site: siteRef(shop.site), principal: shop.target.principal };
    const idle = valueOf(await createCampaign(shop.deps, { ...place, request }));
    const rows = [{ day: DAY, amountMinor: 900 }];
    await putSpend(shop.deps, { ...shop.target, campaignId: idle.id, request: { rows } });
    await putSpend(shop.deps, { ...shop.target, request: { rows: [{ day: DAY, amountMinor: 1_100 }] } });
    await events(shop.site, [{ type: "pageview", at: AT, url: URL }, order("100.00", "A-1")]);
    valueOf(await updateCampaign(shop.deps, { ...shop.target, request: { marginPercent: 40 } }));

    const { kpis: whole, campaigns } = await kpis(shop);
    expect(whole).toMatchObject({ spendMinor: 2_000, revenueMinor: 10_000, grossProfitMinor: 4_000 });
    expect(whole.roiWithMargin).toEqual({ value: 1, reason: null });
    expect(whole.breakEvenRoas).toEqual({ value: 2.5, reason: null });
    expect(whole.paybackDays).toEqual({ value: 0, reason: null });
    expect(campaigns.map(({ name, spendMinor, cpa }) => [name, spendMinor, cpa])).toEqual([
      ["spring", 1_100, { value: 1_100, reason: null }],
      ["Billboards", 900, { value: null, reason: "no_conversions" }],
    ]);
    expect(campaigns.at(-1)).toMatchObject({
      roiWithMargin: { reason: "no_margin" },
      paybackDays: { reason: "not_paid_back" },
    });
  });
});
