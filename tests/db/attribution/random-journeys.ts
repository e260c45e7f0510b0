import * as fc from "fast-check";
import { sql } from "drizzle-orm";

import type { CreditItem } from "#core/attribution/credit-items.ts";
import type { Touch } from "#core/attribution/journey.ts";
import { conversionJourneys, nullJourney, type Visitor } from "#core/attribution/visitor-journeys.ts";
import type { Database } from "#db/database.ts";
import type { TestSite } from "#tests/support/sites.ts";

const BASE_MS = Date.parse("2025-03-01T00:00:00Z");
const DAY_MS = 86_400_000;
const CHANNELS = ["direct", "email", "paid-search", "referral"] as const;

type Moment = { day: number; ms: number; device: number };
type RandomTouch = Moment & { channel: number; isPromo: boolean; isClaimed: boolean };
type RandomRefund = { later: number; minor: number | null };
type RandomConversion = Moment & { minor: number; refunds: RandomRefund[] };
export type RandomPerson = { isIdentified: boolean; touches: RandomTouch[]; conversions: RandomConversion[] };

/** A few days and milliseconds, so that ties are common. */
const moment = { day: fc.integer({ min: 0, max: 40 }), ms: fc.nat(2), device: fc.nat(1) };

/**
 * A person whom the site identified on two devices, or a visitor of one: ties in the millisecond, contacts on the very edge of the lookback, promo codes that are
 * a campaign's or nobody's, direct alone, orders worth nothing, partial and full refunds.
 */
export const anyPerson: fc.Arbitrary<RandomPerson> = fc.record({
  isIdentified: fc.boolean(),
  touches: fc.array(
    fc.record({
      ...moment,
      channel: fc.nat(CHANNELS.length - 1),
      isPromo: fc.boolean(),
      isClaimed: fc.boolean(),
    }),
    { maxLength: 7 },
  ),
  conversions: fc.array(
    fc.record({
      ...moment,
      minor: fc.oneof(fc.constant(0), fc.nat(20), fc.nat(1_000_000)),
      refunds: fc.array(fc.record({ later: fc.nat(5), minor: fc.option(fc.nat(1_000_000), { nil: null }) }), {
        maxLength: 2,
      }),
    }),
    { maxLength: 3 },
  ),
});

type StoredConversion = { id: string; visitor: string; atMs: number; minor: number; refunds: StoredRefund[] };
type StoredRefund = { id: string; atMs: number; minor: number | null };
type StoredTouch = Touch & { visitor: string; source: number };
export type StoredPerson = Visitor<StoredConversion> & { touches: StoredTouch[] };

let serial = 0;

/** Ids of one width in no order of time, so that ties are broken by them alone. */
function anyId(): string {
  serial += 1;
  return `${((serial * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, "0")}-0000-7000-8000-${serial.toString(16).padStart(12, "0")}`;
}

/** Puts the persons into a site's tables as ingest leaves them; answers them as `core` sees them. */
export async function storePersons(
  db: Database,
  site: TestSite,
  persons: readonly RandomPerson[],
): Promise<StoredPerson[]> {
  const sources = await insertSources(db, site);
  const stored = persons.map((person) => {
    const devices = person.isIdentified ? [anyId(), anyId()] : [anyId()];
    return { devices, ...placed(person, devices, sources) };
  });
  const linked = stored.map(({ devices }) => devices).filter(({ length }) => length > 1);
  const touches = stored.flatMap((person) => person.touches);
  const conversions = stored.flatMap((person) => person.conversions);
  await db.batch([
    db.execute(sql`
      insert into site.identity_links (site_id, visitor_id, person_id, since, event_id)
      select ${site.siteId}, v::uuid, md5(d.devices ->> 0)::uuid, '2024-01-01', md5(v || 'link')::uuid
      from jsonb_array_elements(${JSON.stringify(linked)}::jsonb) as d (devices)
      cross join jsonb_array_elements_text(d.devices) as v`),
    db.execute(sql`
      insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
      select ${site.siteId}, id, rank, visitor, to_timestamp("atMs" / 1000.0), source, id, to_timestamp("atMs" / 1000.0)
      from jsonb_to_recordset(${JSON.stringify(touches)}::jsonb)
        as t (id uuid, rank int, visitor uuid, "atMs" bigint, source int)`),
    db.execute(sql`
      insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, promo_codes, is_test, copies)
      select ${site.siteId}, id, visitor, to_timestamp("atMs" / 1000.0), 'purchase', minor, 'EUR', '{}', false, 1
      from jsonb_to_recordset(${JSON.stringify(conversions)}::jsonb) as c (id uuid, visitor uuid, "atMs" bigint, minor bigint)`),
    db.execute(sql`
      insert into site.refunds (site_id, refund_id, at, conversion_id, value_minor)
      select ${site.siteId}, r.id, to_timestamp(r."atMs" / 1000.0), c.id, r.minor
      from jsonb_to_recordset(${JSON.stringify(conversions)}::jsonb) as c (id uuid, refunds jsonb)
      cross join jsonb_to_recordset(c.refunds) as r (id uuid, "atMs" bigint, minor bigint)`),
  ]);
  return stored;
}

/** A source for each channel, and one for a promo code of each that is a campaign's. */
async function insertSources(db: Database, site: TestSite): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.execute<{ id: number; fingerprint: string }>(sql`
    insert into site.sources (site_id, fingerprint, channel, campaign_id, matcher_version)
    select ${site.siteId}, c || '/' || k, c, case when k = 1 then 1 end, 1
    from jsonb_array_elements_text(${JSON.stringify(CHANNELS)}::jsonb) as c cross join generate_series(0, 1) as k
    returning id, fingerprint`);
  return new Map(rows.map(({ id, fingerprint }) => [fingerprint, id]));
}

function placed(
  { touches, conversions }: RandomPerson,
  devices: readonly string[],
  sources: ReadonlyMap<string, number>,
): StoredPerson {
  const visitorOf = ({ device }: Moment) => devices[device % devices.length] ?? "";
  const atOf = ({ day, ms }: Moment) => BASE_MS + day * DAY_MS + ms;
  return {
    touches: touches.map((touch) => {
      const channel = CHANNELS[touch.channel] ?? "direct";
      return {
        id: anyId(),
        visitor: visitorOf(touch),
        atMs: atOf(touch),
        rank: touch.isPromo ? 1 : 0,
        group: channel,
        isDirect: channel === "direct",
        isUnclaimed: touch.isPromo && !touch.isClaimed,
        source: sources.get(`${channel}/${touch.isClaimed ? 1 : 0}`) ?? 0,
      };
    }),
    conversions: conversions.map((conversion) => ({
      id: anyId(),
      visitor: visitorOf(conversion),
      atMs: atOf(conversion),
      minor: conversion.minor,
      refunds: conversion.refunds.map(({ later, minor }) => ({
        id: anyId(),
        atMs: atOf(conversion) + later * DAY_MS,
        minor,
      })),
    })),
  };
}

type Rules = { lookbackDays: number; direct: "keep" | "exclude_unless_only"; reset: boolean };

/** What a person's conversions and refunds are to `core`. */
export function itemsOf(person: StoredPerson, rules: Rules): CreditItem[] {
  return conversionJourneys(person, rules).flatMap(({ conversion, journey }) => {
    let left = conversion.minor;
    const inOrder = conversion.refunds.toSorted((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
    const refunds = inOrder.map(({ minor }) => {
      const before = left;
      left = Math.max(0, left - (minor ?? conversion.minor));
      return { journey, conversions: 0, before, after: left };
    });
    return [{ journey, conversions: 1, before: 0, after: conversion.minor }, ...refunds];
  });
}

/** The person's journey that has not converted; promo codes come with conversions, and end none. */
export function nullOf(person: StoredPerson, rules: Rules): Touch[] {
  const lastMs = Math.max(...person.touches.filter(({ rank }) => rank === 0).map(({ atMs }) => atMs));
  const upToIt = person.touches.filter(({ atMs }) => atMs <= lastMs);
  const convertedMs = Math.max(...person.conversions.map(({ atMs }) => atMs), Number.NEGATIVE_INFINITY);
  return convertedMs >= lastMs ? [] : nullJourney({ ...person, touches: upToIt }, rules);
}
