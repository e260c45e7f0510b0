import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import type { IngestMessage } from "#contract/ingest-message.ts";
import { siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { creditRows, readCreditRows } from "#db/queries/attribution/credit-rows.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { keyPrincipal } from "#tests/db/visitors/key-principal.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { eraseVisitor } from "#usecases/visitors/erase-visitor.ts";

const HOUR = 3_600_000;
const NOW = Date.now();
const SHOP = "https://shop.example/";
const clock = { now: () => new Date(NOW) };
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

async function ingest(...messages: IngestMessage[]): Promise<void> {
  await ingestEvents({ db, clock, sites: new Map() }, messages);
}

type Order = { orderId?: string; value?: string; promoCode?: string; test?: boolean; hoursAgo?: number };

function order(siteId: number, visitor: string, { hoursAgo = 2, ...conversion }: Order): IngestMessage {
  const events = [{ type: "conversion" as const, at: NOW - hoursAgo * HOUR, url: SHOP, conversion }];
  return ingestMessage({ siteId, visitor, receivedAt: NOW, events });
}

function visit(siteId: number, visitor: string): IngestMessage {
  const events = [{ type: "pageview" as const, at: NOW - 3 * HOUR, url: SHOP }];
  return ingestMessage({ siteId, visitor, receivedAt: NOW, events });
}

async function siteOfSpring(): Promise<TestSite & { campaignId: number }> {
  const site = await createSite(db);
  const matchers = [{ kind: "promo_code", value: "spring" }];
  return { ...site, campaignId: await createCampaign(db, site, { name: "Spring", matchers }) };
}

/** Revenue by campaign: last touch, and linear. */
async function credit({ siteId }: TestSite) {
  const days = { from: siteDay(NOW - 24 * HOUR, "UTC"), to: siteDay(NOW + 24 * HOUR, "UTC") };
  const { rows } = await db.execute(creditRows({ siteId, ...days, lookbackDays: 30, direct: "keep" }));
  return readCreditRows(rows)
    .filter(({ lastRevenueMinor, linearRevenueMinor }) => lastRevenueMinor + linearRevenueMinor > 0)
    .map((row) => [row.campaignId, row.lastRevenueMinor, row.linearRevenueMinor]);
}

async function codesUsed({ siteId }: TestSite): Promise<number> {
  const { rows } = await db.execute(
    sql`select 1 from site.touchpoints where site_id = ${siteId} and rank = 1`,
  );
  return rows.length;
}

describe("the promo code of a test order", () => {
  it("earns nothing of the same visitor's order without one", async () => {
    const site = await siteOfSpring();
    const visitor = visitorId();
    await ingest(
      visit(site.siteId, visitor),
      order(site.siteId, visitor, { orderId: "T-1", value: "10.00", promoCode: "SPRING", test: true }),
      order(site.siteId, visitor, { orderId: "R-1", value: "100.00", hoursAgo: 1 }),
    );

    expect(await credit(site)).toEqual([[null, 10_000, 10_000]]);
  });

  it("is no touchpoint either where only another copy says that it is a test, whichever comes first", async () => {
    for (const isTestFirst of [true, false]) {
      const site = await siteOfSpring();
      const visitor = visitorId();
      const copies = [
        order(site.siteId, visitor, { orderId: "T-1", test: true }),
        order(site.siteId, visitor, { orderId: "T-1", promoCode: "SPRING" }),
      ];
      for (const copy of isTestFirst ? copies : copies.toReversed()) await ingest(copy);

      expect(await codesUsed(site)).toBe(0);
    }
  });

  it("is one when the visitor is erased who alone said that it is a test", async () => {
    const site = await siteOfSpring();
    const [tester, buyer] = [visitorId(), visitorId()];
    await ingest(order(site.siteId, tester, { orderId: "T-1", test: true }));
    await ingest(order(site.siteId, buyer, { orderId: "T-1", promoCode: "SPRING", hoursAgo: 1 }));
    expect(await codesUsed(site)).toBe(0);

    await eraseVisitor(
      { databases: { named: () => db, names: () => ["main"] }, clock },
      { principal: keyPrincipal(site), site: { ...site, database: "main" }, visitorId: tester },
    );

    expect(await codesUsed(site)).toBe(1);
  });
});
