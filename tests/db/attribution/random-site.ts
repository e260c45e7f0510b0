import { sql } from "drizzle-orm";

import type { Channel } from "#core/channels/channel.ts";
import type { Database } from "#db/database.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";

const DAY = 86_400_000;
/** Noon of 10 March 2026, UTC. */
export const MIDDLE_MS = Date.UTC(2026, 2, 10, 12);
/** Conversions and refunds of a random site lie in it. */
export const RANGE = { from: "2026-02-20", to: "2026-03-31" };

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function uuid(kind: number, n: number): string {
  return `0000000${kind}-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
}

type Row = Record<string, string | number | boolean | null>;
type Rows = { touchpoints: Row[]; conversions: Row[]; refunds: Row[]; links: Row[] };

/**
 * A site whose journeys have everything in them that makes rules differ: contacts in one millisecond, promo codes with and
 * without a campaign, visitors who came direct only, orders worth nothing, customers who come back, persons of two devices,
 * partial refunds of a cent, refunds of unknown orders, and one in another currency.
 */
export async function createRandomSite(
  db: Database,
  { seed, visitors }: { seed: number; visitors: number },
): Promise<TestSite & { campaignIds: number[] }> {
  const site = await createSite(db, { timeZone: "America/New_York" });
  const campaignIds = [
    await createCampaign(db, site, { name: "Spring" }),
    await createCampaign(db, site, { name: "Summer" }),
    await createCampaign(db, site, { name: "Autumn" }),
  ];
  const { sources, promo } = await insertSources(db, site, campaignIds);
  const pages = await insertPages(db, site);
  const { rows } = new Happenings(seeded(seed), { visitors, sources, promo, pages });
  await insertRows(db, site, rows);
  await db.execute(sql`analyze`);
  return { ...site, campaignIds };
}

async function insertSources(db: Database, { siteId }: TestSite, [spring, summer, autumn]: number[]) {
  const channels: [Channel, number | undefined, string | null, string | null][] = [
    ["direct", undefined, null, null],
    ["email", spring, "news", "blue"],
    ["paid-search", summer, "google", "red"],
    ["paid-search", summer, "google", "blue"],
    ["display", autumn, "adnet", null],
    ["organic-search", undefined, "google", null],
  ];
  const codes: [Channel, number | undefined, string | null, string | null][] = [
    ["podcast", autumn, null, null],
    ["unassigned", undefined, null, null],
  ];
  const json = [...channels, ...codes].map(([channel, campaign, source, content], i) => ({
    n: String(i),
    channel,
    campaign: campaign ?? null,
    source,
    content,
    code: i >= channels.length ? `CODE${i}` : null,
  }));
  const { rows } = await db.execute<{ id: number; fingerprint: string }>(sql`
    insert into site.sources (site_id, fingerprint, channel, campaign_id, utm_source, utm_content, promo_code, matcher_version)
    select ${siteId}, n, channel, campaign, source, content, code, 1
    from jsonb_to_recordset(${JSON.stringify(json)}::jsonb)
      as s (n text, channel text, campaign int, source text, content text, code text)
    returning id, fingerprint`);
  const ids = rows.toSorted((a, b) => Number(a.fingerprint) - Number(b.fingerprint)).map(({ id }) => id);
  return { sources: ids.slice(0, channels.length), promo: ids.slice(channels.length) };
}

async function insertPages(db: Database, { siteId }: TestSite): Promise<number[]> {
  const { rows } = await db.execute<{ id: number }>(sql`
    insert into site.pages (site_id, fingerprint, host, path)
    select ${siteId}, p, 'shop.example', p from unnest(array['/', '/sale']) as p returning id`);
  return rows.map(({ id }) => id);
}

type Places = { visitors: number; sources: number[]; promo: number[]; pages: number[] };

/** Writes down what visitors do, at random. */
class Happenings {
  readonly rows: Rows = { touchpoints: [], conversions: [], refunds: [], links: [] };
  readonly #random: () => number;
  readonly #places: Places;

  constructor(random: () => number, places: Places) {
    this.#random = random;
    this.#places = places;
    for (let v = 0; v < places.visitors; v += 1) this.#visitor(v);
  }

  #visitor(v: number): void {
    const { sources } = this.#places;
    const isDirectOnly = this.#happens(0.1);
    const times = Array.from(
      { length: this.#below(7) },
      () => MIDDLE_MS - this.#below(45) * DAY - this.#below(3) * 1_000,
    );
    for (const atMs of times)
      this.#touch(v, { atMs, rank: 0, source: isDirectOnly ? sources[0] : this.#one(sources) });
    const orders = this.#below(3);
    for (let o = 0; o < orders; o += 1) {
      const isAtFirst = this.#happens(0.3);
      const later = MIDDLE_MS - this.#below(15) * DAY + this.#below(3) * 1_000;
      this.#order(v, { order: `o${v}-${o}`, atMs: isAtFirst ? (times[0] ?? later) : later });
    }
    if (v % 7 === 0) for (const device of [v, v + 1]) this.#link(device, v);
  }

  #touch(
    v: number,
    { atMs, rank, source }: { atMs: number; rank: number; source: number | undefined },
  ): void {
    const id = uuid(1, this.rows.touchpoints.length + 1);
    const page = this.#happens(0.8) ? (this.#one(this.#places.pages) ?? null) : null;
    this.rows.touchpoints.push({ id, rank, visitor: uuid(3, v), at: iso(atMs), source: source ?? 0, page });
  }

  #order(v: number, { order, atMs }: { order: string; atMs: number }): void {
    const value = this.#happens(0.15) ? 0 : this.#below(10_007);
    this.rows.conversions.push({
      id: uuid(2, this.rows.conversions.length + 1),
      visitor: uuid(3, v),
      at: iso(atMs),
      type: this.#happens(0.3) ? "lead" : "purchase",
      value,
      currency: this.#happens(0.05) ? "USD" : "EUR",
      order,
    });
    if (this.#happens(0.2)) this.#touch(v, { atMs, rank: 1, source: this.#one(this.#places.promo) });
    const refunds = this.#happens(0.3) ? 1 + this.#below(2) : 0;
    for (let r = 0; r < refunds; r += 1)
      this.rows.refunds.push({
        id: uuid(4, this.rows.refunds.length + 1),
        at: iso(atMs + (1 + this.#below(5)) * DAY),
        order: this.#happens(0.1) ? "unknown" : order,
        value: this.#happens(0.3) ? null : 1 + this.#below(Math.max(1, value)),
        currency: "EUR",
      });
  }

  #link(device: number, person: number): void {
    const id = uuid(5, this.rows.links.length + 1);
    const at = iso(MIDDLE_MS - 50 * DAY);
    this.rows.links.push({ id, visitor: uuid(3, device), person: uuid(6, person), at });
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #happens(chance: number): boolean {
    return this.#random() < chance;
  }

  #one<T>(choices: readonly T[]): T | undefined {
    return choices[this.#below(choices.length)];
  }
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}

async function insertRows(db: Database, { siteId }: TestSite, rows: Rows): Promise<void> {
  await db.batch([
    db.execute(sql`
      insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, page_id, event_id, event_at)
      select ${siteId}, id, rank, visitor, at, source, page, id, at
      from jsonb_to_recordset(${JSON.stringify(rows.touchpoints)}::jsonb)
        as t (id uuid, rank smallint, visitor uuid, at timestamptz, source int, page int)`),
    db.execute(sql`
      insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, order_id,
        promo_codes, is_test, copies)
      select ${siteId}, id, visitor, at, type, value, currency, "order", '{}', false, 1
      from jsonb_to_recordset(${JSON.stringify(rows.conversions)}::jsonb)
        as c (id uuid, visitor uuid, at timestamptz, type text, value bigint, currency text, "order" text)`),
    db.execute(sql`
      insert into site.refunds (site_id, refund_id, at, order_id, value_minor, currency)
      select ${siteId}, id, at, "order", value, currency
      from jsonb_to_recordset(${JSON.stringify(rows.refunds)}::jsonb)
        as r (id uuid, at timestamptz, "order" text, value bigint, currency text)`),
    db.execute(sql`
      insert into site.identity_links (site_id, visitor_id, person_id, since, event_id)
      select ${siteId}, visitor, person, at, id
      from jsonb_to_recordset(${JSON.stringify(rows.links)}::jsonb)
        as l (id uuid, visitor uuid, person uuid, at timestamptz)`),
  ]);
}
