import { sql } from "drizzle-orm";
import type { IngestMessage } from "#contract/ingest-message.ts";
import type { Database } from "#db/database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";

const HOUR = 3_600_000;
const SOURCES = [
  "?utm_source=news&utm_medium=email&utm_campaign=spring&utm_content=top&utm_term=shoes",
  "?utm_source=google&utm_medium=cpc&utm_campaign=brand",
  "",
];
const FIREFOX = { browser: "Firefox", os: "Linux", device: "desktop" } as const;
const SAFARI = { browser: "Safari", os: "iOS", device: "mobile" } as const;
const PATHS = ["/", "/shoes", "/hats"];
const COUNTRIES = ["DE", "FR", null];

export type Shop = { site: TestSite; spring: number; brand: number };

/** A site with two campaigns. */
export async function openShop(db: Database, timeZone: string): Promise<Shop> {
  const site = await createSite(db, { timeZone });
  const spring = await createCampaign(db, site, { name: "spring" });
  const brand = await createCampaign(db, site, { name: "brand", channel: "paid-search" });
  return { site, spring, brand };
}

/**
 * Visits without a pattern but always the same: `visitors` browsers, each with a few visits in the days before `nowMs`,
 * from changing sources, some of which end in an order; impressions and clicks of nobody; one refund.
 */
export async function visitShop(
  db: Database,
  { site }: Shop,
  { nowMs, days, visitors }: { nowMs: number; days: number; visitors: number },
): Promise<void> {
  const messages: IngestMessage[] = [];
  for (let n = 0; n < visitors; n += 1) {
    const visitor = visitorId();
    const visits = 1 + (n % 4);
    for (let v = 0; v < visits; v += 1) {
      const at = nowMs - (((n * 20 + v * 5) % (days * 24)) + 1) * HOUR + ((n * 131) % 1_800) * 1_000;
      const url = `https://shop.example${PATHS[(n + v) % 3]}${SOURCES[(n * v + n) % 3]}`;
      const order = { value: `${10 + n}.00`, orderId: `${site.siteId}-${n}-${v}` };
      messages.push(
        ingestMessage({
          siteId: site.siteId,
          visitor,
          receivedAt: at + 120_000,
          agent: n % 2 === 0 ? FIREFOX : SAFARI,
          country: COUNTRIES[n % 3] ?? null,
          events: [
            { type: "pageview", at, url },
            { type: "pageview", at: at + 60_000, url: `https://shop.example${PATHS[n % 3]}` },
            ...((n + v) % 5 === 0
              ? [{ type: "conversion" as const, at: at + 90_000, url, conversion: order }]
              : []),
          ],
        }),
      );
    }
  }
  const at = nowMs - 3 * HOUR;
  messages.push(
    ingestMessage({
      siteId: site.siteId,
      via: "api",
      receivedAt: nowMs,
      events: [
        { type: "impression", at, campaign: "spring" },
        { type: "click", at, campaign: "brand" },
        { type: "conversion", at, conversion: { value: "5.00", orderId: `${site.siteId}-till` } },
        { type: "refund", at: at + HOUR, refund: { orderId: `${site.siteId}-till`, value: "2.00" } },
      ],
    }),
  );
  await ingestEvents({ db, clock: { now: () => new Date(nowMs) }, sites: new Map() }, messages);
}

/** Marks the hours of a site in the days [from, to], as a changed matcher would. */
export async function markHours(
  db: Database,
  { siteId }: TestSite,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await db.execute(sql`insert into site.stale_hours (site_id, bucket, version, marked_at)
    select distinct site_id, bucket, 1, now() from site.rollup_hours
    where site_id = ${siteId} and bucket >= ${from}::date and bucket < ${to}::date + 1`);
}
