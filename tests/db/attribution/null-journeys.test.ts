import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";

import { markovSteps, readMarkovSteps } from "#db/queries/attribution/markov-steps.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { visitorId } from "#tests/support/messages.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";

const { db } = await createDatabase();

/** A site on which these visitors came by e-mail, and ordered. */
async function shop(
  contacts: readonly [visitor: string, at: string][],
  orders: readonly [visitor: string, at: string][],
): Promise<TestSite> {
  const site = await createSite(db, { timeZone: "UTC" });
  await db.execute(sql`
    insert into site.sources (site_id, fingerprint, channel, matcher_version) values (${site.siteId}, 'email', 'email', 1)`);
  for (const [visitor, at] of contacts)
    await db.execute(sql`
      insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
      select ${site.siteId}, e.id, 0, ${visitor}, ${at}::timestamptz, s.id, e.id, ${at}::timestamptz
      from site.sources s cross join (select gen_random_uuid() as id) as e where s.site_id = ${site.siteId}`);
  for (const [visitor, at] of orders)
    await db.execute(sql`
      insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, promo_codes, is_test, copies)
      values (${site.siteId}, gen_random_uuid(), ${visitor}, ${at}::timestamptz, 'purchase', 100, 'EUR', '{}', false, 1)`);
  return site;
}

/** How many journeys of March did not convert, and how many did. */
async function march({ siteId }: TestSite) {
  const question = {
    siteId,
    from: "2025-03-01",
    to: "2025-03-31",
    lookbackDays: 30,
    direct: "keep",
  } as const;
  const rest = { reset: true, type: null, customer: null, by: "channel" } as const;
  const statement = markovSteps({ ...question, ...rest, markov: { order: 1, nullJourneys: true } });
  const { nullJourneys, total } = readMarkovSteps((await db.execute(statement)).rows);
  return { nulls: nullJourneys, conversions: total.conversions };
}

describe("a journey that has not converted", () => {
  it("is one where the order came only after the range, and in the range of the order it is none", async () => {
    const visitor = visitorId();
    const site = await shop([[visitor, "2025-03-20T10:00Z"]], [[visitor, "2025-04-02T10:00Z"]]);
    expect(await march(site)).toEqual({ nulls: 1, conversions: 0 });
  });

  it("begins after the last order", async () => {
    const visitor = visitorId();
    const site = await shop(
      [
        [visitor, "2025-03-02T10:00Z"],
        [visitor, "2025-03-09T10:00Z"],
      ],
      [[visitor, "2025-03-05T10:00Z"]],
    );
    expect(await march(site)).toEqual({ nulls: 1, conversions: 1 });
  });

  it("may end with a code in the address of a page, where it is a campaign's", async () => {
    const visitor = visitorId();
    for (const [campaignId, nulls] of [
      [null, 0],
      [1, 1],
    ]) {
      const site = await shop([[visitor, "2025-02-28T23:50Z"]], []);
      await db.execute(sql`
        with code as (
          insert into site.sources (site_id, fingerprint, channel, campaign_id, matcher_version)
          values (${site.siteId}, 'code', 'podcast', ${campaignId}, 1) returning id
        )
        insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
        select ${site.siteId}, e.id, 2, ${visitor}, '2025-03-01T00:05Z', code.id, e.id, '2025-03-01T00:05Z'
        from code cross join (select gen_random_uuid() as id) as e`);

      expect(await march(site)).toEqual({ nulls, conversions: 0 });
    }
  });

  it("is none where its last contact came in the millisecond of the order, or lies before the range", async () => {
    const [now, before] = [visitorId(), visitorId()];
    const site = await shop(
      [
        [now, "2025-03-05T10:00Z"],
        [before, "2025-02-25T10:00Z"],
      ],
      [[now, "2025-03-05T10:00Z"]],
    );
    expect(await march(site)).toEqual({ nulls: 0, conversions: 1 });
  });

  it("is none of a visit over midnight that ordered under the next day's hash", async () => {
    const [yesterday, today] = [visitorId(), visitorId()];
    const site = await shop([[yesterday, "2025-03-05T23:50Z"]], [[today, "2025-03-06T00:10Z"]]);
    expect(await march(site)).toEqual({ nulls: 1, conversions: 0 });

    await db.execute(sql`
      insert into site.visitor_aliases (site_id, visitor_id, previous_visitor_id, running_from, seen_at)
      values (${site.siteId}, ${today}, ${yesterday}, '2025-03-05T23:50Z', '2025-03-06T00:05Z')`);
    expect(await march(site)).toEqual({ nulls: 0, conversions: 1 });
  });

  it("is one a person, whatever device its last contact was on", async () => {
    const [phone, desk, person] = [visitorId(), visitorId(), visitorId()];
    const site = await shop(
      [
        [phone, "2025-03-05T10:00Z"],
        [desk, "2025-03-07T10:00Z"],
      ],
      [],
    );
    expect(await march(site)).toEqual({ nulls: 2, conversions: 0 });

    for (const visitor of [phone, desk])
      await db.execute(sql`
        insert into site.identity_links (site_id, visitor_id, person_id, since, event_id)
        values (${site.siteId}, ${visitor}, ${person}, '2025-03-01', gen_random_uuid())`);
    expect(await march(site)).toEqual({ nulls: 1, conversions: 0 });
  });

  it("is not told in the chain where it is left out", async () => {
    const visitor = visitorId();
    const { siteId } = await shop([[visitor, "2025-03-20T10:00Z"]], []);
    const days = { siteId, from: "2025-03-01", to: "2025-03-31", lookbackDays: 30, direct: "keep" } as const;
    const rest = { reset: true, type: null, customer: null, by: "channel" } as const;
    const statement = markovSteps({ ...days, ...rest, markov: { order: 1, nullJourneys: false } });
    expect(readMarkovSteps((await db.execute(statement)).rows)).toMatchObject({ nullJourneys: 0, states: 0 });
  });
});
