import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import type { IngestMessage } from "#contract/ingest-message.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { creditRows, readCreditRows } from "#db/queries/attribution/credit-rows.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { forgetOldAliases } from "#usecases/visitors/forget-old-aliases.ts";

const NOW = Date.now();
const MINUTE = 60_000;
/** A UTC midnight of some days ago. */
const MIDNIGHT = Math.floor(NOW / 86_400_000 - 3) * 86_400_000;
const SHOP = "https://shop.example/";
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

/** One browser's hashes of two days. */
type Browser = { yesterday: string; today: string };

const browser = (): Browser => ({ yesterday: visitorId(), today: visitorId() });

type Visit = { site: TestSite; who: Browser; minute: number; query?: string; order?: string };

/** A page view so many minutes after midnight, as collect hands it on: both hashes for half an hour. */
function view({ site, who, minute, query = "", order }: Visit): IngestMessage {
  const at = MIDNIGHT + minute * MINUTE;
  const key = minute < 0 ? { visitor: who.yesterday } : { visitor: who.today };
  const isOverlap = minute >= 0 && minute < 30;
  const conversion = order === undefined ? undefined : { value: "10.00", orderId: order };
  return ingestMessage({
    siteId: site.siteId,
    identity: "cookieless",
    ...key,
    ...(isOverlap && { previousVisitor: who.yesterday }),
    receivedAt: at,
    events: [
      conversion
        ? { type: "conversion", at, url: `${SHOP}thanks`, conversion }
        : { type: "pageview", at, url: SHOP + query },
    ],
  });
}

async function ingest(...messages: IngestMessage[]) {
  await ingestEvents({ db, clock: { now: () => new Date(NOW) }, sites: new Map() }, messages);
}

async function sessionsOf({ siteId }: TestSite) {
  const { rows } = await db.execute<{ minute: number; events: number; visitor_id: string }>(sql`
    select extract(epoch from started_at - ${new Date(MIDNIGHT).toISOString()}::timestamptz)::int / 60 as minute, events,
      visitor_id
    from site.sessions where site_id = ${siteId} order by started_at`);
  return rows;
}

async function firstTouchOf({ siteId }: TestSite, minute: number) {
  const day = siteDay(MIDNIGHT + minute * MINUTE, "Europe/Berlin");
  const { rows } = await db.execute(
    creditRows({ siteId, from: addDays(day, -1), to: day, lookbackDays: 30, direct: "keep" }),
  );
  return readCreditRows(rows)
    .filter(({ firstConversions }) => firstConversions > 0)
    .map(({ channel, isUnattributed }) => (isUnattributed ? "unattributed" : channel));
}

/** Every order of the entries. */
function permutations<T>(entries: readonly T[]): T[][] {
  if (entries.length < 2) return [[...entries]];
  return entries.flatMap((entry, i) => permutations(entries.toSpliced(i, 1)).map((rest) => [entry, ...rest]));
}

describe("a cookieless visit over midnight", () => {
  it("stays one session of one visitor, in whichever order its events arrive", async () => {
    const minutes = [-10, 10, 35];
    for (const order of permutations(minutes)) {
      const site = await createSite(db);
      const who = browser();

      for (const minute of order) await ingest(view({ site, who, minute }));

      expect(await sessionsOf(site)).toEqual([{ minute: -10, events: 3, visitor_id: who.yesterday }]);
    }
  });

  it("is one session after two consumers brought its two sides at once, before either knew of the other", async () => {
    for (let i = 0; i < 10; i += 1) {
      const site = await createSite(db);
      const who = browser();
      const sides = [
        [view({ site, who, minute: -10 })],
        [view({ site, who, minute: 10 })],
        [view({ site, who, minute: 35 })],
      ];

      await Promise.all(sides.map(async (messages) => await ingest(...messages)));

      expect(await sessionsOf(site)).toEqual([{ minute: -10, events: 3, visitor_id: who.yesterday }]);
    }
  });

  it("ends where half an hour passes, and the day's later visits are the new hash's own", async () => {
    const site = await createSite(db);
    const who = browser();

    await ingest(...[-40, 0, 100].map((minute) => view({ site, who, minute })));

    expect(await sessionsOf(site)).toEqual([
      { minute: -40, events: 1, visitor_id: who.yesterday },
      { minute: 0, events: 1, visitor_id: who.today },
      { minute: 100, events: 1, visitor_id: who.today },
    ]);
  });

  it("credits what the running visit began with, and nothing of the day before it", async () => {
    const tagged = (name: string) => `?utm_source=${name}&utm_medium=${name}`;
    const site = await createSite(db);
    const who = browser();

    await ingest(
      view({ site, who, minute: -300, query: tagged("cpc") }),
      view({ site, who, minute: -10, query: tagged("email") }),
      view({ site, who, minute: 15 }),
      view({ site, who, minute: 400, order: "A-1" }),
    );

    expect(await firstTouchOf(site, 400)).toEqual(["email"]);
  });

  it("knows nothing of yesterday's hash where no visit ran on", async () => {
    const site = await createSite(db);
    const who = browser();

    await ingest(
      view({ site, who, minute: -60, query: "?utm_source=news&utm_medium=email" }),
      view({ site, who, minute: 15, order: "A-1" }),
    );

    expect(await firstTouchOf(site, 15)).not.toContain("email");
  });

  it("leaves no visitor behind for a hash under which nothing came", async () => {
    const site = await createSite(db);
    const who = browser();

    await ingest(view({ site, who, minute: 10 }));

    const { rows } = await db.execute(
      sql`select visitor_id from site.visitors where site_id = ${site.siteId}`,
    );
    expect(rows).toEqual([{ visitor_id: who.today }]);
  });

  it("is remembered as one browser's where it ran on; else the two hashes are told apart for good after two days", async () => {
    const site = await createSite(db);
    const [ran, paused] = [browser(), browser()];
    await ingest(
      ...[-10, 10].map((minute) => view({ site, who: ran, minute })),
      ...[-60, 10].map((minute) => view({ site, who: paused, minute })),
    );
    const pairs = async () => {
      const { rows } = await db.execute<{ visitor_id: string }>(
        sql`select visitor_id from site.visitor_aliases where site_id = ${site.siteId}`,
      );
      return rows.map(({ visitor_id: visitor }) => visitor).toSorted();
    };
    const databases = { named: () => db, names: () => ["main"] };
    const forgetAt = async (minutesAfterMidnight: number) => {
      const now = () => new Date(MIDNIGHT + minutesAfterMidnight * MINUTE);
      await forgetOldAliases({ databases, clock: { now } });
    };

    await forgetAt(2 * 24 * 60);
    expect(await pairs()).toEqual([ran.today, paused.today].toSorted());

    await forgetAt(2 * 24 * 60 + 11);
    expect(await pairs()).toEqual([ran.today]);
  });
});
