import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import type { AttributionReady, Interval } from "#contract/attribution.ts";
import type { WorkMessage } from "#contract/work-message.ts";
import { GROUPINGS } from "#core/attribution/grouping.ts";
import { MODELS, sumsToTotal } from "#core/attribution/models.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import type { AttributionQuestion } from "#usecases/attribution/attribution-question.ts";
import { computeAttribution } from "#usecases/attribution/compute-attribution.ts";
import { getAttribution } from "#usecases/attribution/get-attribution.ts";
import { createGoldenSite } from "./golden-data.ts";
import { createManyAds } from "./many-ads.ts";

const NOW = Date.parse("2025-06-01T12:00:00Z");
const MINUTE = 60_000;
const QUESTION: AttributionQuestion = {
  from: "2025-01-01",
  to: "2025-05-31",
  by: "campaign",
  options: DEFAULT_OPTIONS,
  type: null,
  customer: null,
};
const { db } = await createDatabase();
const shared = await createGoldenSite(db);

/** What has been sent to the queue of work, and when it is. */
let sent: WorkMessage[];
let nowMs: number;

beforeEach(() => {
  sent = [];
  nowMs = NOW;
});

const deps = {
  databases: { named: () => db, names: () => ["main"] },
  clock: { now: () => new Date(nowMs) },
  workQueue: {
    send: async (message: WorkMessage) => {
      await Promise.resolve();
      sent.push(message);
    },
    sendAll: async () => await Promise.reject(new Error("Jobs are told one by one")),
  },
};

async function answerOf(site: TestSite, asked: Partial<AttributionQuestion> = {}) {
  const { siteId, publicId } = site;
  const answer = await getAttribution(deps, {
    ...QUESTION,
    ...asked,
    site: { siteId, publicId, database: "main" },
  });
  if (!answer.ok) throw new Error(answer.error.kind);
  return answer.value;
}

async function readyOf(site: TestSite, asked?: Partial<AttributionQuestion>): Promise<AttributionReady> {
  const answer = await answerOf(site, asked);
  if (answer.status !== "ready") throw new Error("It is still being worked out");
  return answer;
}

/** A site with three orders of one visitor, who came by e-mail, by a search, and directly. */
async function smallShop(): Promise<TestSite> {
  const site = await createSite(db, { timeZone: "UTC" });
  await db.execute(sql`
    with source as (
      insert into site.sources (site_id, fingerprint, channel, matcher_version)
      select ${site.siteId}, c, c, 1 from unnest(array['email', 'paid-search', 'direct']) as c
      returning id, channel
    )
    insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
    select ${site.siteId}, t.id, 0, v.id, x.at, s.id, t.id, x.at
    from (values ('email', '2025-03-01T10:00Z'::timestamptz), ('paid-search', '2025-03-03T10:00Z'), ('direct', '2025-03-05T10:00Z')) as x (channel, at)
    join source s on s.channel = x.channel
    cross join lateral (select md5(x.channel || ${site.siteId}::text)::uuid as id) as t
    cross join lateral (select md5('visitor' || ${site.siteId}::text)::uuid as id) as v`);
  for (const [order, at, minor] of [
    ["A", "2025-03-02T10:00:00Z", 1001],
    ["B", "2025-03-04T10:00:00Z", 2002],
    ["C", "2025-03-06T10:00:00Z", 301],
  ] as const) {
    await db.execute(sql`
      insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, order_id,
        promo_codes, is_test, copies)
      values (${site.siteId}, md5(${order} || ${site.siteId}::text)::uuid, md5('visitor' || ${site.siteId}::text)::uuid,
        ${at}::timestamptz, ${order === "C" ? "lead" : "purchase"}, ${minor}, 'EUR', ${order}, '{}', false, 1)`);
  }
  return site;
}

async function change(site: TestSite, day: string): Promise<void> {
  await db.execute(sql`
    insert into site.data_versions as v (site_id, day, version) values (${site.siteId}, ${day}::date, 1)
    on conflict (site_id, day) do update set version = v.version + 1`);
}

async function removeContacts(site: TestSite): Promise<void> {
  await db.execute(sql`delete from site.touchpoints where site_id = ${site.siteId}`);
}

function isAround(interval: Interval | null, figure: number): boolean {
  return interval !== null && interval.low < figure && figure < interval.high;
}

/** Does what the queue was told. */
async function work(): Promise<void> {
  for (const message of sent.splice(0))
    if (message.kind === "compute-attribution") await computeAttribution(deps, message);
}

const unattributedOf = ({ rows }: AttributionReady) =>
  rows.find(({ kind }) => kind === "unattributed")?.credits.linear?.conversions ?? 0;

describe("an answer", () => {
  it.each(GROUPINGS)("by %s adds up to one total under every model that shares out", async (by) => {
    const answer = await readyOf(shared.site, { by });

    expect(answer.models).toEqual([...MODELS]);
    expect(answer.totals).toMatchObject({ conversions: 107 });
    for (const model of answer.models.filter(sumsToTotal)) {
      const credits = answer.rows.map((row) => row.credits[model]);
      const minor = credits.reduce((sum, credit) => sum + (credit?.revenueMinor ?? 0), 0);
      const conversions = credits.reduce((sum, credit) => sum + (credit?.conversions ?? 0), 0);
      expect([model, minor]).toEqual([model, answer.totals.revenueMinor]);
      expect(conversions).toBeCloseTo(107, 9);
    }
  });

  it("says what journeys each family of models shares out, and that the chain converts as they did", async () => {
    const { totals, check } = await readyOf(shared.site, {
      by: "channel",
      options: { ...DEFAULT_OPTIONS, lookbackDays: 90 },
    });

    expect(totals.dataDriven).toMatchObject({ reset: true, convertingJourneys: 104 });
    expect(totals.rules).toMatchObject({ reset: false, convertingJourneys: 105 });
    expect(check?.pConversion).toBeCloseTo(check?.empirical ?? 0, 12);
  });

  it("has an interval around each figure, and greys what few journeys say", async () => {
    const { rows, models } = await readyOf(shared.site);
    const credits = rows
      .filter(({ kind }) => kind === "group")
      .flatMap((row) => models.flatMap((model) => row.credits[model] ?? []));

    expect(credits).toHaveLength(7 * MODELS.length);
    for (const credit of credits) {
      const { conversions, conversionsInterval, revenueMinor, revenueInterval } = credit;
      expect(conversionsInterval).toSatisfy((interval) => isAround(interval, conversions));
      expect(revenueInterval).toSatisfy((interval) => isAround(interval, revenueMinor));
      expect(credit.tooFew).toBe(credit.convertingJourneys < 30);
    }
  });

  it("is of one type of conversion, or of new or returning customers, where that is asked", async () => {
    const site = await smallShop();
    const totalOf = async (asked: Partial<AttributionQuestion>) => (await readyOf(site, asked)).totals;

    expect(await totalOf({})).toMatchObject({ conversions: 3, revenueMinor: 3304 });
    expect(await totalOf({ type: "lead" })).toMatchObject({ conversions: 1, revenueMinor: 301 });
    expect(await totalOf({ customer: "new" })).toMatchObject({ conversions: 1, revenueMinor: 1001 });
    expect(await totalOf({ customer: "returning" })).toMatchObject({ conversions: 2, revenueMinor: 2303 });
    expect(await totalOf({ customer: "new", type: "lead" })).toMatchObject({ conversions: 0 });
  });

  it("names the 500 largest groups and sums up the rest, so that every model still adds up", async () => {
    const site = await createManyAds(db);

    // As many states are a job's work.
    expect((await answerOf(site, { by: "creative" })).status).toBe("computing");
    await work();
    const { rows, models, totals } = await readyOf(site, { by: "creative" });

    expect(rows.map(({ kind }) => kind)).toEqual([...Array.from({ length: 500 }, () => "group"), "other"]);
    for (const model of models) {
      const credits = rows.map((row) => row.credits[model]);
      expect(rows.at(-1)?.credits[model]).toMatchObject({
        conversionsInterval: null,
        convertingJourneys: 20,
      });
      expect(credits.reduce((sum, credit) => sum + (credit?.revenueMinor ?? 0), 0)).toBe(totals.revenueMinor);
      expect(credits.reduce((sum, credit) => sum + (credit?.conversions ?? 0), 0)).toBeCloseTo(520, 6);
    }
  });

  it("keeps campaigns that cost money and earned nothing", async () => {
    const site = await smallShop();
    await db.execute(sql`
      with campaign as (
        insert into site.campaigns (site_id, public_id, name, channel, status, currency, created_at, updated_at)
        values (${site.siteId}, ${`cmp_${site.siteId}`}, 'Idle', 'email', 'active', 'EUR', now(), now()) returning id
      )
      insert into site.spend (site_id, campaign_id, day, amount_minor, currency, updated_at)
      select ${site.siteId}, id, '2025-03-02', 5000, 'EUR', now() from campaign`);

    const { rows, totals } = await readyOf(site);

    expect(totals.spendMinor).toBe(5000);
    expect(rows.find(({ name }) => name === "Idle")).toMatchObject({
      spendMinor: 5000,
      credits: {
        linear: { conversions: 0, cpa: { value: null, reason: "no_conversions" }, roas: { value: 0 } },
      },
    });
  });
});

describe("a kept answer", () => {
  it("is given again while nothing that it was made of has changed", async () => {
    const site = await smallShop();
    const first = await readyOf(site, { by: "channel" });
    await removeContacts(site);

    expect((await readyOf(site, { by: "channel" })).rows).toEqual(first.rows);
    expect(unattributedOf(await readyOf(site, { by: "campaign" }))).toBe(3);
  });

  it.each([
    ["a day of the range", "2025-05-31"],
    ["a day of the lookback before it", "2024-12-05"],
  ])("is worked out anew once something came in on %s", async (_, day) => {
    const site = await smallShop();
    await readyOf(site);
    await removeContacts(site);
    await change(site, day);

    expect(unattributedOf(await readyOf(site))).toBe(3);
  });

  it("stays where something came in on a day that cannot reach it", async () => {
    const site = await smallShop();
    await readyOf(site);
    await removeContacts(site);
    await change(site, "2024-11-01");
    await change(site, "2025-06-01");

    expect(unattributedOf(await readyOf(site))).toBe(0);
  });

  it("reaches back to the conversion of a refund, however old", async () => {
    const site = await smallShop();
    await db.execute(sql`
      insert into site.refunds (site_id, refund_id, at, order_id)
      values (${site.siteId}, gen_random_uuid(), '2025-05-10T10:00Z', 'A')`);
    const asked = { from: "2025-05-01", to: "2025-05-31", options: { ...DEFAULT_OPTIONS, lookbackDays: 7 } };
    const before = await readyOf(site, asked);
    expect(before.totals).toMatchObject({ conversions: 0, revenueMinor: -1001 });
    await removeContacts(site);
    await change(site, "2025-03-01");

    const after = await readyOf(site, asked);
    expect(before.totals.rules.unattributed.revenueMinor).toBe(0);
    expect(after.totals.rules.unattributed.revenueMinor).toBe(-1001);
  });

  it("reaches back to the first day where new customers are told from returning ones", async () => {
    const site = await smallShop();
    await readyOf(site, { customer: "new" });
    await removeContacts(site);
    await change(site, "2020-01-01");

    expect(unattributedOf(await readyOf(site, { customer: "new" }))).toBe(1);
  });

  it("is worked out anew once matchers changed, and not kept while sources wait for them", async () => {
    const site = await smallShop();
    await readyOf(site);
    await removeContacts(site);
    await db.execute(sql`update site.sites set matcher_version = 2 where id = ${site.siteId}`);
    expect(unattributedOf(await readyOf(site))).toBe(3);

    await db.execute(sql`delete from site.conversions where site_id = ${site.siteId}`);
    expect((await readyOf(site)).totals.conversions).toBe(0);
  });

  it("is another site's never", async () => {
    const [one, other] = [await smallShop(), await createSite(db, { timeZone: "UTC" })];
    await readyOf(one);
    expect((await readyOf(other)).totals).toMatchObject({ conversions: 0, revenueMinor: 0 });
  });
});

describe("a range of more contacts than a request can wait for", () => {
  async function largeShop(): Promise<TestSite> {
    const site = await smallShop();
    await db.execute(sql`
      insert into site.rollup_periods (site_id, scope, scope_key, dimension, span, starts_on, currency, rolled_at, took_ms,
        entries, impressions, clicks, pageviews, sessions, visitors)
      values (${site.siteId}, 'site', '', 'all', 'day', '2025-03-01', '', now(), 1, '{""}', '{0}', '{0}', '{0}', '{1500000}', '{1}')`);
    return site;
  }

  it("is worked out by one job, however often it is asked for, and is there then", async () => {
    const site = await largeShop();
    const answers = [await answerOf(site), await answerOf(site), await answerOf(site)];
    expect(answers.map(({ status }) => status)).toEqual(["computing", "computing", "computing"]);
    expect(sent).toHaveLength(1);

    await work();
    expect((await readyOf(site)).totals.conversions).toBe(3);
    expect(sent).toEqual([]);
  });

  it("does the same when the job comes twice, and asks again when it never did", async () => {
    const site = await largeShop();
    await answerOf(site);
    const [job] = sent.splice(0);
    nowMs += 6 * MINUTE;
    expect((await answerOf(site)).status).toBe("computing");
    expect(sent).toEqual([job]);

    await work();
    const first = await readyOf(site);
    sent.push(...(job ? [job] : []));
    await work();
    expect((await readyOf(site)).rows).toEqual(first.rows);
  });

  it("is shown as of when it was worked out while its days never stand still, and not for long", async () => {
    const site = await largeShop();
    await answerOf(site);
    await work();
    await change(site, "2025-05-31");
    await removeContacts(site);

    nowMs += 5 * MINUTE;
    const shown = await readyOf(site);
    expect(shown.basis.asOf).toBe(new Date(NOW).toISOString());
    expect(unattributedOf(shown)).toBe(0);
    nowMs += 6 * MINUTE;
    expect((await answerOf(site)).status).toBe("computing");
  });

  it("is worked out anew while it is shown, but at most a twentieth of the time", async () => {
    const site = await largeShop();
    await answerOf(site);
    await work();
    await db.execute(sql`update site.attribution_results set took_ms = 6000 where site_id = ${site.siteId}`);
    await change(site, "2025-05-31");
    await removeContacts(site);

    nowMs += 2 * MINUTE - 1;
    expect(unattributedOf(await readyOf(site))).toBe(0);
    expect(sent).toEqual([]);
    nowMs += 1;
    const shown = [await readyOf(site), await readyOf(site)];
    expect(shown.map(unattributedOf)).toEqual([0, 0]);
    expect(sent).toHaveLength(1);

    await work();
    const current = await readyOf(site);
    expect(unattributedOf(current)).toBe(3);
    expect(current.basis.asOf).toBe(new Date(nowMs).toISOString());
    expect(sent).toEqual([]);
  });

  it("is not shown with what sources meant before", async () => {
    const site = await largeShop();
    await answerOf(site);
    await work();
    await db.execute(sql`update site.sites set matcher_version = 2 where id = ${site.siteId}`);

    expect((await answerOf(site)).status).toBe("computing");
  });
});
