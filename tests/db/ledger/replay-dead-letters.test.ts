import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { ingestMessage as messageShape, type IngestMessage } from "#contract/ingest-message.ts";
import type { Database } from "#db/database.ts";
import { createUser, siteRef, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { parseDeadLetterId } from "#usecases/dead-letters/dead-letter-id.ts";
import { getDeadLetter } from "#usecases/dead-letters/get-dead-letter.ts";
import { listDeadLetters } from "#usecases/dead-letters/list-dead-letters.ts";
import { replayDeadLetters, type ReplayInput } from "#usecases/dead-letters/replay-dead-letters.ts";
import { buryMessage } from "#usecases/ingest/bury-message.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { getLedger } from "#usecases/ledger/get-ledger.ts";

const NOW = Date.now();
const HOUR_MS = 3_600_000;
const clock = { now: () => new Date(NOW) };
const parseMessage = (raw: unknown) => messageShape.safeParse(raw).data ?? null;
let db: Database;
let deps: Parameters<typeof replayDeadLetters>[0];

beforeAll(async () => {
  ({ db } = await createDatabase());
  deps = { databases: { named: () => db, names: () => ["main"] }, clock, parseMessage };
});

type Scene = { site: TestSite; user: UserPrincipal };

async function scene(): Promise<Scene> {
  const site = await createSite(db);
  return { site, user: await createUser(db, site, { email: `${site.publicId}@people.example` }) };
}

/** A page view, an order and a refund that only a program may send: stored, stored, rejected. */
function body({ site }: Scene, given: Partial<IngestMessage> = {}): IngestMessage {
  const view = {
    type: "pageview" as const,
    at: NOW,
    url: "https://shop.example/?utm_source=pod&mail=a@b.example",
  };
  const order = { type: "conversion" as const, at: NOW, conversion: { value: "9.90", orderId: "A-1" } };
  const refund = { type: "refund" as const, at: NOW, refund: { orderId: "A-1" } };
  const events = [view, order, refund];
  return { ...ingestMessage({ siteId: site.siteId, visitor: visitorId(), events }), ...given };
}

/** Buries a body as ingest would have, for a reason that has been mended since. */
async function buried(message: IngestMessage): Promise<IngestMessage> {
  await buryMessage({ db, clock }, message, "sqlstate_23502");
  return message;
}

async function ledgerOf({ site }: Scene) {
  const range = { from: new Date(NOW - HOUR_MS).toISOString(), to: new Date(NOW + HOUR_MS).toISOString() };
  const { totals, isBalanced } = valueOf(await getLedger(deps, { site: siteRef(site), ...range }));
  return { ...totals, isBalanced };
}

async function replayAll({ site, user }: Scene) {
  const wanted = { kind: "filter", site: site.publicId, reason: null, after: null } as const;
  return await replayDeadLetters(deps, { user, wanted });
}

async function lettersOf({ site, user }: Scene) {
  return (await listDeadLetters(deps, { user, query: { site: site.publicId }, after: null })).items;
}

const storedEvents = async ({ site }: Scene) =>
  (await db.execute(sql`select event_id from site.events where site_id = ${site.siteId}`)).rows.length;

const DEAD = { received: 3, stored: 0, duplicate: 0, bot: 0, rejected: 0, deadLettered: 3, isBalanced: true };
const STORED = {
  received: 3,
  stored: 2,
  duplicate: 0,
  bot: 0,
  rejected: 1,
  deadLettered: 0,
  isBalanced: true,
};

describe("a letter that can be stored now", () => {
  test("moves in the ledger from dead-lettered to what became of each event", async () => {
    const it = await scene();
    await buried(body(it));
    expect(await ledgerOf(it)).toEqual(DEAD);

    expect((await replayAll(it)).items).toMatchObject([{ outcome: "ingested", reason: null }]);

    expect(await ledgerOf(it)).toEqual(STORED);
    expect(await storedEvents(it)).toBe(2);
    const conversions = await db.execute(
      sql`select value_minor::int as value from site.conversions where site_id = ${it.site.siteId}`,
    );
    expect(conversions.rows).toEqual([{ value: 990 }]);
  });

  test("changes nothing when it is replayed again, at once or by two people together", async () => {
    const it = await scene();
    const message = await buried(body(it));
    const [letter] = await lettersOf(it);
    const key = parseDeadLetterId(letter?.id ?? "", ["main"]);
    if (!key) throw new Error("no letter");
    const one: ReplayInput = { user: it.user, wanted: { kind: "letters", keys: [key] } };
    await Promise.all([replayDeadLetters(deps, one), replayDeadLetters(deps, one)]);
    expect((await replayDeadLetters(deps, one)).items).toEqual([]);
    // The queue may bring the body once more, long after.
    await ingestEvents({ db, clock, sites: new Map() }, [message]);

    expect(await ledgerOf(it)).toEqual(STORED);
    expect(await storedEvents(it)).toBe(2);
  });

  test("is made up for when a replay was broken off after the events were stored", async () => {
    const it = await scene();
    const message = await buried(body(it));
    await ingestEvents({ db, clock, sites: new Map() }, [message]);
    expect(await lettersOf(it)).toMatchObject([{ replayedAt: null, attempts: 0 }]);

    expect((await replayAll(it)).items).toMatchObject([{ outcome: "ingested" }]);
    expect(await ledgerOf(it)).toEqual(STORED);
    expect(await lettersOf(it)).toMatchObject([{ replayedAt: new Date(NOW).toISOString(), attempts: 1 }]);
  });

  test("counts what came another way meanwhile as duplicate", async () => {
    const it = await scene();
    const message = await buried(body(it));
    const again = { ...message, receiptId: visitorId() };
    await ingestEvents({ db, clock, sites: new Map() }, [again]);
    await replayAll(it);
    expect(await ledgerOf(it)).toEqual({ ...STORED, received: 6, duplicate: 2, rejected: 2 });
  });

  test("is a bot's when its body says so", async () => {
    const it = await scene();
    await buried(body(it, { bot: "known:Googlebot" }));
    await replayAll(it);
    expect(await ledgerOf(it)).toEqual({ ...STORED, stored: 0, bot: 2 });
  });

  test("no longer keeps the visitor's data beside the events", async () => {
    const it = await scene();
    const message = await buried(body(it));
    await replayAll(it);
    const { rows } = await db.execute(
      sql`select message::text as kept from site.dead_letters where site_id = ${it.site.siteId}`,
    );
    expect(rows).toEqual([{ kept: "null" }]);
    expect(message.visitor).not.toBeNull();
  });
});

describe("a letter that fails again", () => {
  test("stays, with the new reason, holds up no other, and the ledger stays as it is", async () => {
    const it = await scene();
    const bad = await buried(body(it, { country: "DEU" }));
    const good = await buried(body(it));
    const { items } = await replayAll(it);
    expect(items).toMatchObject([
      { outcome: "failed", reason: "sqlstate_22001" },
      { outcome: "ingested", reason: null },
    ]);
    const [newer, older] = await lettersOf(it);
    expect(newer).toMatchObject({ receiptId: good.receiptId, attempts: 1 });
    expect(older).toMatchObject({
      receiptId: bad.receiptId,
      attempts: 1,
      replayedAt: null,
      reason: "sqlstate_22001",
    });
    expect(await ledgerOf(it)).toEqual({ ...STORED, received: 6, deadLettered: 3 });
  });

  test("that no version of ours wrote is named as that", async () => {
    const it = await scene();
    await buried(body(it));
    await db.execute(sql`
      update site.dead_letters set message = jsonb_set(message, '{v}', '99') where site_id = ${it.site.siteId}`);
    expect((await replayAll(it)).items).toMatchObject([{ outcome: "failed", reason: "unreadable" }]);
    expect(await ledgerOf(it)).toEqual(DEAD);
  });
});

describe("looking at letters", () => {
  test("pages through them newest first, and a filter keeps to what it names", async () => {
    const it = await scene();
    const other = await scene();
    const receipts: string[] = [];
    for (let count = 0; count < 3; count += 1) receipts.unshift((await buried(body(it))).receiptId);
    await buried(body(other));
    const query = { site: it.site.publicId, limit: 2, state: "waiting" as const };
    const first = await listDeadLetters(deps, { user: it.user, query, after: null });
    expect(first.items.map(({ receiptId }) => receiptId)).toEqual(receipts.slice(0, 2));
    const after = { database: String(first.next?.[0]), id: Number(first.next?.[1]) };
    const second = await listDeadLetters(deps, { user: it.user, query, after });
    expect(second.items.map(({ receiptId }) => receiptId)).toEqual(receipts.slice(2));
    expect(second.next).toBeNull();
    expect(
      (await listDeadLetters(deps, { user: it.user, query: { ...query, reason: "other" }, after: null }))
        .items,
    ).toEqual([]);
    expect(
      (await listDeadLetters(deps, { user: it.user, query: { ...query, state: "replayed" }, after: null }))
        .items,
    ).toEqual([]);
  });

  test("shows nothing personal until it is asked for in clear, and both are noted", async () => {
    const it = await scene();
    const message = await buried(body(it));
    const [letter] = await lettersOf(it);
    const key = parseDeadLetterId(letter?.id ?? "", ["main"]);
    if (!key) throw new Error("no letter");

    const masked = await getDeadLetter(deps, { user: it.user, key, isDisclosed: false });
    expect(masked).toMatchObject({
      isMasked: true,
      message: { receiptId: message.receiptId, visitor: "•••" },
    });
    const text = JSON.stringify(masked);
    for (const secret of [String(message.visitor), "a@b.example", "utm_source", "A-1"]) {
      expect(text).not.toContain(secret);
    }
    const clear = await getDeadLetter(deps, { user: it.user, key, isDisclosed: true });
    expect(clear).toMatchObject({ isMasked: false, message: { visitor: message.visitor } });
    const { rows } = await db.execute(sql`
      select action, subject from control.audit_log where user_id = ${it.user.userId} order by id`);
    expect(rows).toEqual([
      { action: "admin.dead_letters.list", subject: "dead-letters" },
      { action: "admin.dead_letters.read", subject: letter?.id },
      { action: "admin.dead_letters.disclose", subject: letter?.id },
    ]);
  });
});
