// @module-tag long
import type { SQL } from "drizzle-orm";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { addDays, daysOf, siteDay } from "#core/time/site-day.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import type { Database } from "#db/database.ts";
import { creditRows } from "#db/queries/attribution/credit-rows.ts";
import { hashedJoins } from "#db/queries/attribution/journey-rows.ts";
import { markovSteps } from "#db/queries/attribution/markov-steps.ts";
import { conversionTypes } from "#db/queries/attribution/conversion-types.ts";
import { foreignMoney } from "#db/queries/attribution/foreign-money.ts";
import { ruleSums } from "#db/queries/attribution/rule-sums.ts";
import { estimatedContacts, resultVersion, storedResults } from "#db/queries/attribution/stored-results.ts";
import { journeyStatements } from "./journey-statements.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { explain, growthOf, outgrown } from "#tests/support/query-plan.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { withoutIndexes } from "#tests/support/without-indexes.ts";

/** Facts whose sequential scan would grow with everything that was ever stored (decisions 32). */
const FACTS =
  /^(events(_\d{4}_\d{2})?|sessions|touchpoints|conversions|refunds|identity_links|visitor_aliases|data_versions)$/;
const MANY = ["site.touchpoints", "site.identity_links", "site.visitor_aliases", "site.conversions"];
/** Statements that do not read the journeys of a range. */
const BY_ITSELF = new Set([
  "kept results",
  "the version of a result",
  "the estimate of contacts",
  "types of conversions",
  "days of a page",
  "touchpoints of items",
]);
const today = siteDay(Date.now(), "UTC");
let db: Database;
let client: Client;
let site: TestSite;

beforeAll(async () => {
  const database = await createDatabase();
  db = database.db;
  client = await database.connect();
  site = await createSite(db, { timeZone: "UTC" });
  await withoutIndexes(client, MANY, async () => await fill(site, 20_000));
  await client.query("analyze");
});

afterAll(async () => {
  await client.end();
});

/**
 * Visitors over 1,200 days, a touchpoint each, a tenth of them converting; every three are one person's devices, by a link
 * each; a tenth continued yesterday's visit.
 */
async function fill({ siteId }: TestSite, visitors: number): Promise<void> {
  await client.query(
    `with source as (
       insert into site.sources (site_id, fingerprint, channel, matcher_version)
       select $1::int, md5(random()::text), 'email', 1 from generate_series(1, 200) returning id
     ), sources as (select array_agg(id) as ids from source),
     v as (
       select gen_random_uuid() as visitor, gen_random_uuid() as event, ids[1 + i % 200] as source_id, i,
         md5($1::text || '/' || i / 3)::uuid as person, now() - (1 - i / $2::float8) * interval '1200 days' as at
       from generate_series(1, $2::int) i, sources
     ), touchpoints as (
       insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
       select $1::int, event, 0, visitor, at, source_id, event, at from v
     ), links as (
       insert into site.identity_links (site_id, event_id, visitor_id, person_id, since)
       select $1::int, gen_random_uuid(), visitor, person, at from v
     ), aliases as (
       insert into site.visitor_aliases (site_id, visitor_id, previous_visitor_id, running_from, seen_at)
       select $1::int, visitor, gen_random_uuid(), at, at from v where i % 10 = 1
     ), refunds as (
       insert into site.refunds (site_id, refund_id, at, order_id, value_minor)
       select $1::int, gen_random_uuid(), at + interval '1 day', 'P-' || i, 100 from v where i % 20 = 0
     ), versions as (
       insert into site.data_versions (site_id, day, version)
       select $1::int, d::date, 1 from generate_series(now() - interval '500 days', now(), interval '1 day') d
     )
     insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, order_id,
       promo_codes, is_test, copies)
     select $1::int, gen_random_uuid(), visitor, at + interval '1 minute', 'purchase', 1000, 'EUR', 'P-' || i, '{}', false, 1
     from v where i % 10 = 0`,
    [siteId, visitors],
  );
}

/** Every statement that reads journeys, with all that may be asked of it. */
async function statements(): Promise<Record<string, SQL>> {
  const days = { siteId: site.siteId, from: addDays(today, -29), to: today, lookbackDays: 30 } as const;
  const journeys = {
    ...days,
    direct: "exclude_unless_only",
    reset: true,
    type: null,
    customer: "new",
    by: "channel",
  } as const;
  const { position, halfLifeDays, markov } = DEFAULT_OPTIONS;
  const factors = daysOf(days.from, today).map((day) => ({ day, currency: "USD", up: "4", down: "5" }));
  const key = { siteId: site.siteId, from: days.from, to: days.to };
  return {
    "credit by day": creditRows({ ...days, direct: "keep" }),
    "rule models": ruleSums({ ...journeys, position, halfLifeDays }),
    "the Markov chain": markovSteps({ ...journeys, markov }),
    "the Markov chain of landing pages": markovSteps({
      ...journeys,
      customer: null,
      by: "landing_page",
      markov,
    }),
    "other currencies": foreignMoney(journeys),
    "rule models of converted money": ruleSums({ ...journeys, position, halfLifeDays, factors }),
    "kept results": storedResults(key, ["rules", "markov"]),
    "the version of a result": resultVersion({ ...key, lookbackDays: 30, sinceEver: false }),
    "the estimate of contacts": estimatedContacts(key),
    "types of conversions": conversionTypes({ ...key, most: 100_000, limit: 200 }),
    ...(await journeyStatements(db, journeys)),
  };
}

/** As it is asked: what reads the journeys of a range is joined by hashing. */
function before(name: string): SQL[] {
  return BY_ITSELF.has(name) ? [] : [hashedJoins()];
}

describe("the credit of persons of several devices", () => {
  it("is found by indexes, and reads no more when other sites grow tenfold", async () => {
    const asked = Object.entries(await statements());
    const questions = Object.fromEntries(
      asked.map(([name, statement]) => [name, async () => await explain(client, statement, before(name))]),
    );

    const growth = await growthOf(questions, {
      facts: FACTS,
      fewPages: 10,
      grow: async () => {
        const others = [await createSite(db), await createSite(db)];
        await withoutIndexes(client, MANY, async () => {
          for (const other of others) await fill(other, 90_000);
        });
        await client.query("analyze");
      },
    });

    expect(Object.keys(growth)).toHaveLength(asked.length);
    expect(outgrown(growth)).toEqual({});
  }, 120_000);
});
