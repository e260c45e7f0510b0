import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";

import { parseImportedEvent } from "#contract/parse-event.ts";
import type { Database } from "#db/database.ts";
import { systemIds } from "#platform/ids.ts";
import { webCryptoHash } from "#platform/keyed-hash.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { inputs } from "#tests/support/inputs.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { importEvents } from "#usecases/ingest/import-events.ts";
import { ingestEvents, type SiteMemory } from "#usecases/ingest/ingest-events.ts";

const NOW = Date.now();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const clock = { now: () => new Date(NOW) };
const sites: SiteMemory = new Map();
let db: Database;

beforeAll(async () => {
  ({ db } = await createDatabase());
});

async function send(site: TestSite, rawEvents: readonly unknown[]) {
  const deps = {
    databases: { named: () => db, names: () => ["main"] },
    clock,
    ids: systemIds,
    sites,
    parseEvent: parseImportedEvent,
    hash: webCryptoHash,
  };
  const of = { siteId: site.siteId, database: "main", currency: "EUR" };
  return await importEvents(deps, { site: of, requestId: "test", rawEvents });
}

const [goneVisitor, otherVisitor] = [visitorId(), visitorId()];

/** Sealed thirty days ago; all that one visitor did until an hour ago has been erased. */
async function sealedSite(): Promise<TestSite> {
  const site = await createSite(db);
  const { siteId } = site;
  const [sealed, erased] = [NOW - 30 * DAY, NOW - HOUR].map((ms) => new Date(ms).toISOString());
  await db.execute(sql`update site.sites set sealed_before = ${sealed}::timestamptz where id = ${siteId}`);
  await db.execute(sql`insert into site.erasures (site_id, visitor_id, requested_at, erased_until)
    values (${siteId}, ${goneVisitor}::uuid, ${erased}::timestamptz, ${erased}::timestamptz)`);
  return site;
}

function order(given: Record<string, unknown> = {}, value = "10.00") {
  const at = NOW - 2 * HOUR;
  return { id: eventId(at), at, type: "conversion", visitor: otherVisitor, conversion: { value }, ...given };
}

async function receiptsOf({ siteId }: TestSite) {
  const { rows } = await db.execute(sql`
    select received, stored, duplicate, bot, rejected, rejected_by from site.receipts where site_id = ${siteId}`);
  return rows;
}

describe("what ingest refuses", () => {
  it("is named where it lies behind the site's seal", async () => {
    const site = await sealedSite();
    const answer = await send(site, [order({ at: NOW - 60 * DAY }), order()]);
    expect(answer).toEqual({
      accepted: 1,
      duplicate: 0,
      rejected: [{ index: 0, code: "too_old", message: expect.stringMatching(/^at: /) }],
    });
    expect(await receiptsOf(site)).toMatchObject([{ received: 2, stored: 1, rejected_by: { too_old: 1 } }]);
  });

  it("is named where its visitor was erased, and by its first place where it was sent twice", async () => {
    const site = await sealedSite();
    const gone = order({ visitor: goneVisitor });
    const answer = await send(site, [
      order(),
      gone,
      order({ id: "none" }),
      { ...gone, id: gone.id.toUpperCase() },
    ]);
    expect(answer).toEqual({
      accepted: 1,
      duplicate: 1,
      rejected: [
        { index: 1, code: "erased", message: expect.stringMatching(/^visitor: /) },
        { index: 2, code: "invalid_id", message: expect.stringMatching(/^id: /) },
      ],
    });
    expect(await receiptsOf(site)).toMatchObject([
      { received: 4, stored: 1, duplicate: 1, rejected: 2, rejected_by: { erased: 1, invalid_id: 1 } },
    ]);
  });

  it("is named after one of the same id that has another reason", async () => {
    const site = await sealedSite();
    const gone = order({ visitor: goneVisitor });
    const answer = await send(site, [{ ...gone, at: NOW - 60 * DAY }, gone]);
    expect(answer.rejected.map(({ index, code }) => [index, code])).toEqual([
      [0, "too_old"],
      [1, "erased"],
    ]);
  });

  it("costs no second way to Postgres", async () => {
    const site = await sealedSite();
    await send(site, [order()]);
    const batch = vi.spyOn(db, "batch");
    const execute = vi.spyOn(db, "execute");
    try {
      await send(site, [order({ visitor: goneVisitor }), order({ at: NOW - 60 * DAY }), order()]);
      expect(batch).toHaveBeenCalledTimes(1);
      // Statements of the batch are made with it, and not sent by themselves.
      const [statements = []] = batch.mock.calls[0] ?? [];
      expect(execute).toHaveBeenCalledTimes(statements.length);
    } finally {
      vi.restoreAllMocks();
    }
  });
});

/** What is sent, and as what it is refused: null is taken or a duplicate. */
type Sent = { raw: unknown; code: string | null };

const bot = order();
const known = order();
const erasedItself = order();
const goneTwice = order({ visitor: goneVisitor });

const KINDS: Readonly<Record<string, () => Sent>> = {
  fresh: () => ({ raw: order(), code: null }),
  nothing: () => ({ raw: null, code: "invalid_event" }),
  "no kind": () => ({ raw: order({ type: "sale" }), code: "invalid_type" }),
  "no id": () => ({ raw: order({ id: "7" }), code: "invalid_id" }),
  "id of long ago": () => ({ raw: order({ id: eventId(NOW - 500 * DAY) }), code: "invalid_id" }),
  address: () => ({ raw: order({ url: "/cart" }), code: "invalid_url" }),
  negative: () => ({ raw: order({}, "-1"), code: "invalid_value" }),
  "beyond whole cents": () => ({ raw: order({}, "999999999999999"), code: "invalid_value" }),
  "a sign for a currency": () => ({
    raw: order({ conversion: { currency: "€" } }),
    code: "invalid_currency",
  }),
  "no currency": () => ({ raw: order({ conversion: { currency: "QQQ" } }), code: "invalid_currency" }),
  props: () => ({ raw: order({ props: { a: [] } }), code: "invalid_props" }),
  "behind the seal": () => ({ raw: order({ at: NOW - 40 * DAY }), code: "too_old" }),
  erased: () => ({ raw: order({ visitor: goneVisitor }), code: "erased" }),
  "erased, twice": () => ({ raw: goneTwice, code: "erased" }),
  "known as a bot's": () => ({ raw: bot, code: null }),
  "stored before": () => ({ raw: known, code: null }),
  "erased itself": () => ({ raw: erasedItself, code: null }),
};

/** A site that knows the repeated events already. */
async function experiencedSite(): Promise<TestSite> {
  const site = await sealedSite();
  const sent = { id: bot.id, at: bot.at, type: "pageview" as const, url: "https://shop.example/" };
  await ingestEvents({ db, clock, sites }, [
    ingestMessage({ siteId: site.siteId, receivedAt: NOW, bot: "known:Googlebot", events: [sent] }),
  ]);
  await db.execute(sql`insert into site.erased_events (site_id, event_id)
    values (${site.siteId}, ${erasedItself.id}::uuid)`);
  expect((await send(site, [known])).accepted).toBe(1);
  return site;
}

/** By place in the request: of one id that was sent more than once only the first is refused. */
function refusedOf(sent: readonly Sent[]): [number, string | null][] {
  const firstGone = sent.findIndex(({ raw }) => raw === goneTwice);
  return sent
    .map(({ raw, code }, index): [number, string | null] => [
      index,
      raw === goneTwice && index !== firstGone ? null : code,
    ])
    .filter(([, code]) => code !== null);
}

it("accepted, duplicate and rejected add up to what was sent, whatever is wrong with it", async () => {
  const site = await experiencedSite();
  const kinds = fc.array(fc.constantFrom(...Object.keys(KINDS)), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(kinds, async (names) => {
      const sent = names.flatMap((name) => KINDS[name]?.() ?? []);
      const answer = await send(
        site,
        sent.map(({ raw }) => raw),
      );
      expect(answer.rejected.map(({ index, code }) => [index, code])).toEqual(refusedOf(sent));
      expect(answer.rejected.every(({ message }) => message !== "")).toBe(true);
      expect(answer.accepted).toBe(names.filter((name) => name === "fresh").length);
      expect(answer.accepted + answer.duplicate + answer.rejected.length).toBe(sent.length);
    }),
    { numRuns: inputs(25, 400) },
  );
  const unbalanced = (await receiptsOf(site)).filter(
    (row) =>
      Number(row["received"]) !==
      Number(row["stored"]) + Number(row["duplicate"]) + Number(row["bot"]) + Number(row["rejected"]),
  );
  expect(unbalanced).toEqual([]);
});
