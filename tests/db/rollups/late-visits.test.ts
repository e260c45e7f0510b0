import { beforeAll, describe, expect, it } from "vitest";
import { addDays, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { readValues } from "./read-values.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A midnight of UTC, a week ago. */
const MIDNIGHT = Math.floor(Date.now() / DAY) * DAY - 7 * DAY;
const NOW = MIDNIGHT + 5 * DAY;
const SHOP = "https://shop.example/";
const saleDay = siteDay(MIDNIGHT, "UTC");
const refundDay = addDays(saleDay, 3);
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

type Sent = Parameters<typeof ingestMessage>[0];

async function ingest(site: TestSite, body: Omit<Sent, "siteId">): Promise<void> {
  const message = ingestMessage({ siteId: site.siteId, receivedAt: NOW, ...body });
  await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, [message]);
}

/** Conversions, revenue net of refunds, and refunds of one day by channel, those without any left out. */
async function money(site: TestSite, day: string) {
  const rows = await readValues(db, { siteId: site.siteId, from: day, to: day, dimension: "channel" });
  return rows
    .filter(({ conversions, refundMinor }) => conversions !== 0 || refundMinor !== 0)
    .map(({ entry, conversions, revenueMinor, refundMinor }) => ({
      entry,
      conversions,
      revenueMinor,
      refundMinor,
    }));
}

describe("a late event that changes where a visit came from", () => {
  const visitor = visitorId();
  const late = {
    type: "pageview" as const,
    at: MIDNIGHT - 15 * MINUTE,
    url: `${SHOP}?utm_source=news&utm_medium=email`,
  };

  it("moves its order, and the order's refund days later, to the day's figures of the new source", async () => {
    const site = await createSite(db, { timeZone: "UTC" });
    const order = { orderId: "A-1", value: "30.00" };
    await ingest(site, {
      visitor,
      events: [
        { type: "pageview", at: MIDNIGHT - 10 * MINUTE, url: SHOP },
        { type: "conversion", at: MIDNIGHT + 5 * MINUTE, url: `${SHOP}thanks`, conversion: order },
      ],
    });
    const refund = { orderId: "A-1", value: "10.00" };
    await ingest(site, { via: "api", events: [{ type: "refund", at: MIDNIGHT + 3 * DAY, refund }] });
    await rollUpStaleHours({ db });
    expect(await money(site, saleDay)).toMatchObject([{ entry: "direct", conversions: 1 }]);
    expect(await money(site, refundDay)).toMatchObject([{ entry: "direct", refundMinor: 1_000 }]);

    await ingest(site, { visitor, events: [late] });
    await rollUpStaleHours({ db });

    expect(await money(site, saleDay)).toEqual([
      { entry: "email", conversions: 1, revenueMinor: 3_000, refundMinor: 0 },
    ]);
    expect(await money(site, refundDay)).toEqual([
      { entry: "email", conversions: 0, revenueMinor: -1_000, refundMinor: 1_000 },
    ]);
  });

  it("moves an order that a server reported within half an hour of the visit's end", async () => {
    const site = await createSite(db, { timeZone: "UTC" });
    await ingest(site, { visitor, events: [{ type: "pageview", at: MIDNIGHT - 10 * MINUTE, url: SHOP }] });
    const at = MIDNIGHT + 15 * MINUTE;
    const conversion = { value: "5.00" };
    await ingest(site, { via: "api", visitor, events: [{ type: "conversion", at, conversion }] });
    await rollUpStaleHours({ db });
    expect(await money(site, saleDay)).toMatchObject([{ entry: "direct", conversions: 1 }]);

    await ingest(site, { visitor, events: [late] });
    await rollUpStaleHours({ db });

    expect(await money(site, saleDay)).toMatchObject([{ entry: "email", conversions: 1 }]);
  });
});
