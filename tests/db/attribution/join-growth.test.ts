// @module-tag long
import type { SQL } from "drizzle-orm";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { creditRows } from "#db/queries/attribution/credit-rows.ts";
import { foreignMoney } from "#db/queries/attribution/foreign-money.ts";
import type { JourneyQuestion } from "#db/queries/attribution/journey.ts";
import { hashedJoins } from "#db/queries/attribution/journey-rows.ts";
import { markovSteps } from "#db/queries/attribution/markov-steps.ts";
import { ruleSums } from "#db/queries/attribution/rule-sums.ts";
import { journeyStatements } from "./journey-statements.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { explain, thrownAwayOf } from "#tests/support/query-plan.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";

/** Visitors, half of whom convert: what is few and many to Postgres, which expects one journey of either. */
const FEW = 300;
const MANY = 10 * FEW;
/** Ten times as many journeys may throw away as many times more; held each against each it would be a hundred times. */
const MOST_TIMES = 15;
const today = siteDay(Date.now(), "UTC");
let db: Database;
let client: Client;
let small: TestSite;
let large: TestSite;

beforeAll(async () => {
  const database = await createDatabase();
  db = database.db;
  client = await database.connect();
  small = await createSite(db, { timeZone: "UTC" });
  large = await createSite(db, { timeZone: "UTC" });
  await fill(small, FEW);
  await fill(large, MANY);
  await client.query("analyze");
  // Held each against each, some questions would take minutes.
  await client.query("set statement_timeout = '10s'");
}, 60_000);

afterAll(async () => {
  await client.end();
});

/**
 * Visitors of 25 days with one to five contacts each; every second one ordered. A third were identified, two visitors a
 * person; a tenth continued yesterday's visit; a tenth of the orders were paid back. Two landing pages to ten visitors.
 */
async function fill({ siteId }: TestSite, visitors: number): Promise<void> {
  await client.query(
    `with source as (
       insert into site.sources (site_id, fingerprint, channel, utm_source, matcher_version)
       select $1::int, md5(i::text), (array['email', 'direct', 'paid-search', 'referral'])[1 + i % 4], 'source ' || i % 50, 1
       from generate_series(1, 200) i returning id
     ), sources as (select array_agg(id) as ids from source),
     page as (
       insert into site.pages (site_id, fingerprint, host, path)
       select $1::int, md5(i::text), 'shop.example', '/' || i from generate_series(1, $2::int / 5) i returning id
     ), pages as (select array_agg(id) as ids from page),
     v as (
       select gen_random_uuid() as visitor, i, md5($1::text || '/' || i / 6)::uuid as person,
         date_trunc('day', now()) - (1 - i / $2::float8) * interval '25 days' as at
       from generate_series(1, $2::int) i
     ), touchpoints as (
       insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, page_id, event_id, event_at)
       select $1::int, e.event, 0, visitor, at - e.k * interval '1 hour', s.ids[1 + (i * 7 + k) % 200],
         p.ids[1 + (i + k) % cardinality(p.ids)], e.event, at
       from v cross join sources s cross join pages p
       cross join lateral (select gen_random_uuid() as event, k from generate_series(0, i % 5) k) e
     ), links as (
       insert into site.identity_links (site_id, event_id, visitor_id, person_id, since)
       select $1::int, gen_random_uuid(), visitor, person, at from v where i % 3 = 0
     ), aliases as (
       insert into site.visitor_aliases (site_id, visitor_id, previous_visitor_id, running_from, seen_at)
       select $1::int, visitor, gen_random_uuid(), at, at from v where i % 10 = 1
     ), refunds as (
       insert into site.refunds (site_id, refund_id, at, order_id, value_minor)
       select $1::int, gen_random_uuid(), at + interval '1 hour', 'P-' || i, 100 from v where i % 20 = 0
     )
     insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, order_id,
       promo_codes, is_test, copies)
     select $1::int, gen_random_uuid(), visitor, at + interval '1 minute', 'purchase', 1000, 'EUR', 'P-' || i, '{}', false, 1
     from v where i % 2 = 0`,
    [siteId, visitors],
  );
}

/** Every statement that reads journeys, of null journeys too. */
async function statements({ siteId }: TestSite): Promise<Record<string, SQL>> {
  const days = { siteId, from: addDays(today, -29), to: today, lookbackDays: 30 } as const;
  const { position, halfLifeDays, markov } = DEFAULT_OPTIONS;
  const asked = async (name: string, question: JourneyQuestion) => {
    const all = {
      "rule models": ruleSums({ ...question, position, halfLifeDays }),
      "the Markov chain": markovSteps({ ...question, markov: { ...markov, nullJourneys: true } }),
      "the Markov chain of order 3": markovSteps({ ...question, markov: { order: 3, nullJourneys: true } }),
      "other currencies": foreignMoney(question),
      ...(await journeyStatements(db, question)),
    };
    return Object.entries(all).map(([statement, query]) => [`${statement}, ${name}`, query] as const);
  };
  const rest = { ...days, direct: "exclude_unless_only", reset: true, type: null } as const;
  return Object.fromEntries([
    ["credit by day", creditRows({ ...days, direct: "keep" })],
    ...(await asked("by channel", { ...rest, customer: null, by: "channel" })),
    ...(await asked("new customers by page", { ...rest, customer: "new", by: "landing_page" })),
  ]);
}

async function thrownAway(site: TestSite): Promise<Map<string, number>> {
  const pairs = new Map<string, number>();
  for (const [name, statement] of Object.entries(await statements(site)))
    pairs.set(name, thrownAwayOf(await explain(client, statement, [hashedJoins()])));
  return pairs;
}

describe("journeys whose number Postgres does not know", () => {
  it("are not held each against each: ten times as many throw away about ten times as many pairs", async () => {
    const [few, many] = [await thrownAway(small), await thrownAway(large)];

    const grown = [...many].filter(([name, pairs]) => pairs > MOST_TIMES * Math.max(few.get(name) ?? 0, FEW));
    expect(many.size).toBeGreaterThan(20);
    expect(grown).toEqual([]);
  }, 60_000);
});
