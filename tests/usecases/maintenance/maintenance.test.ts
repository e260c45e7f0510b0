import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite } from "#tests/support/sites.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { ensurePartitions } from "#usecases/maintenance/ensure-partitions.ts";
import { purgeExpired } from "#usecases/maintenance/purge-expired.ts";
import { recordFirstSteps } from "#usecases/maintenance/record-first-steps.ts";

const NOW = new Date();
const DAY = 86_400_000;
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

const clock = { now: () => NOW };
const databases = { named: () => db, names: () => ["main"] };

async function createUser(accountId: number, email: string): Promise<number> {
  const { rows } = await db.execute<{ id: number }>(sql`
    insert into control.users (public_id, email, name, password_hash, created_at)
    values (${`usr_${email}`}, ${email}, 'Test', '-', now()) returning id`);
  const userId = rows[0]?.id ?? 0;
  await db.execute(sql`insert into control.user_metrics (user_id, account_id, registered_at)
    values (${userId}, ${accountId}, now())`);
  return userId;
}

describe("partitions", () => {
  it("exist for every id that may come in, and making them twice makes none", async () => {
    expect(await ensurePartitions({ databases, clock })).toEqual({ made: 0 });
    const later = new Date(NOW.getTime() + 70 * DAY);
    const first = await ensurePartitions({ databases, clock: { now: () => later } });
    expect(first.made).toBeGreaterThan(0);
    expect(await ensurePartitions({ databases, clock: { now: () => later } })).toEqual({ made: 0 });
  });
});

describe("expired rows", () => {
  it("go, and what still counts stays", async () => {
    const { accountId } = await createSite(db);
    const userId = await createUser(accountId, "expired@shop.example");
    for (const [hash, days] of [
      ["old", -1],
      ["live", 1],
    ] as const) {
      const expires = new Date(NOW.getTime() + days * DAY).toISOString();
      await db.execute(sql`insert into control.user_sessions (token_hash, user_id, created_at, last_seen_at, expires_at)
        values (${hash}, ${userId}, now(), now(), ${expires}::timestamptz)`);
    }
    await purgeExpired({ databases, clock });

    const { rows } = await db.execute(
      sql`select token_hash from control.user_sessions where user_id = ${userId}`,
    );
    expect(rows).toEqual([{ token_hash: "live" }]);
  });
});

describe("first steps", () => {
  it("are noted once: the first event, and the first conversion that had a touchpoint", async () => {
    const site = await createSite(db);
    const userId = await createUser(site.accountId, "steps@shop.example");
    const steps = async () =>
      (
        await db.execute<{ event: string | null; attributed: string | null }>(sql`
          select first_event_at::text as event, first_attributed_conversion_at::text as attributed
          from control.user_metrics where user_id = ${userId}`)
      ).rows[0];
    await recordFirstSteps({ databases, clock });
    expect(await steps()).toEqual({ event: null, attributed: null });

    const at = NOW.getTime() - 60_000;
    const url = "https://shop.example/";
    const events = [
      { type: "pageview", at, url } as const,
      { type: "conversion", at: at + 1_000, url, conversion: { value: "5.00" } } as const,
    ];
    const body = ingestMessage({ siteId: site.siteId, visitor: visitorId(), events });
    await ingestEvents({ db, clock, sites: new Map() }, [body]);
    await recordFirstSteps({ databases, clock });
    const noted = await steps();
    await recordFirstSteps({ databases, clock });

    expect(noted?.event).not.toBeNull();
    expect(noted?.attributed).not.toBeNull();
    expect(await steps()).toEqual(noted);
  });

  it("note no conversion for an event alone", async () => {
    const site = await createSite(db);
    const userId = await createUser(site.accountId, "looker@shop.example");
    const view = { type: "pageview", at: NOW.getTime() - 60_000, url: "https://shop.example/" } as const;
    const body = ingestMessage({ siteId: site.siteId, visitor: visitorId(), events: [view] });
    await ingestEvents({ db, clock, sites: new Map() }, [body]);
    await recordFirstSteps({ databases, clock });
    const { rows } = await db.execute(sql`
      select first_event_at is not null as seen, first_attributed_conversion_at as attributed
      from control.user_metrics where user_id = ${userId}`);
    expect(rows).toEqual([{ seen: true, attributed: null }]);
  });

  it("note a conversion that comes weeks after the first event, and none before anything was received", async () => {
    const site = await createSite(db);
    const userId = await createUser(site.accountId, "late@shop.example");
    const noted = async () =>
      (
        await db.execute<{ attributed: string | null }>(sql`
          select first_attributed_conversion_at::text as attributed
          from control.user_metrics where user_id = ${userId}`)
      ).rows[0]?.attributed ?? null;
    const url = "https://shop.example/";
    const visitor = visitorId();
    const [first, later] = [NOW.getTime() - 20 * DAY, NOW.getTime() - DAY];
    const view = { type: "pageview", at: first, url } as const;
    await ingestEvents({ db, clock, sites: new Map() }, [
      ingestMessage({ siteId: site.siteId, visitor, events: [view] }),
    ]);
    await recordFirstSteps({ databases, clock });
    expect(await noted()).toBeNull();

    const sale = { type: "conversion", at: later, url, conversion: { value: "5.00" } } as const;
    await ingestEvents({ db, clock, sites: new Map() }, [
      ingestMessage({ siteId: site.siteId, visitor, events: [sale] }),
    ]);
    await recordFirstSteps({ databases, clock });

    expect(new Date((await noted()) ?? 0).getTime()).toBe(later);
  });

  it("count an imported conversion from the time it was received: nobody converts before the first event", async () => {
    const site = await createSite(db);
    const userId = await createUser(site.accountId, "import@shop.example");
    const at = NOW.getTime() - 60 * DAY;
    const url = "https://shop.example/";
    const body = ingestMessage({
      siteId: site.siteId,
      via: "api",
      visitor: visitorId(),
      receivedAt: NOW.getTime(),
      events: [
        { id: eventId(NOW.getTime()), type: "pageview", at, url },
        {
          id: eventId(NOW.getTime()),
          type: "conversion",
          at: at + 1_000,
          url,
          conversion: { value: "5.00" },
        },
      ],
    });
    await ingestEvents({ db, clock, sites: new Map() }, [body]);

    await recordFirstSteps({ databases, clock });

    const { rows } = await db.execute<{ isSame: boolean }>(sql`
      select first_attributed_conversion_at = first_event_at as "isSame"
      from control.user_metrics where user_id = ${userId}`);
    expect(rows).toEqual([{ isSame: true }]);
  });
});
