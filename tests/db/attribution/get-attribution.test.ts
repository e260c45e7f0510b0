import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";

import type { Interval } from "#contract/attribution.ts";
import { GROUPINGS } from "#core/attribution/grouping.ts";
import { MODELS, sumsToTotal } from "#core/attribution/models.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import type { AttributionQuestion } from "#usecases/attribution/attribution-question.ts";
import { createAsker, createSmallShop } from "./asker.ts";
import { createGoldenSite } from "./golden-data.ts";
import { createManyAds } from "./many-ads.ts";

const { db } = await createDatabase();
const shared = await createGoldenSite(db);
const asker = createAsker(db);

function isAround(interval: Interval | null, figure: number): boolean {
  return interval !== null && interval.low < figure && figure < interval.high;
}

describe("an answer", () => {
  it.each(GROUPINGS)("by %s adds up to one total under every model that shares out", async (by) => {
    const answer = await asker.readyOf(shared.site, { by });

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
    const { totals, check } = await asker.readyOf(shared.site, {
      by: "channel",
      options: { ...DEFAULT_OPTIONS, lookbackDays: 90 },
    });

    expect(totals.dataDriven).toMatchObject({ reset: true, convertingJourneys: 104 });
    expect(totals.rules).toMatchObject({ reset: false, convertingJourneys: 105 });
    expect(check?.pConversion).toBeCloseTo(check?.empirical ?? 0, 12);
  });

  it("has an interval around each figure, and greys what few journeys say", async () => {
    const { rows, models } = await asker.readyOf(shared.site);
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
    const site = await createSmallShop(db);
    const totalOf = async (asked: Partial<AttributionQuestion>) => (await asker.readyOf(site, asked)).totals;

    expect(await totalOf({})).toMatchObject({ conversions: 3, revenueMinor: 3304 });
    expect(await totalOf({ type: "lead" })).toMatchObject({ conversions: 1, revenueMinor: 301 });
    expect(await totalOf({ customer: "new" })).toMatchObject({ conversions: 1, revenueMinor: 1001 });
    expect(await totalOf({ customer: "returning" })).toMatchObject({ conversions: 2, revenueMinor: 2303 });
    expect(await totalOf({ customer: "new", type: "lead" })).toMatchObject({ conversions: 0 });
  });

  it("names the 500 largest groups and sums up the rest, so that every model still adds up", async () => {
    const site = await createManyAds(db);

    // As many states are a job's work.
    expect((await asker.answerOf(site, { by: "creative" })).status).toBe("computing");
    await asker.work();
    const { rows, models, totals } = await asker.readyOf(site, { by: "creative" });

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
    const site = await createSmallShop(db);
    await db.execute(sql`
      with campaign as (
        insert into site.campaigns (site_id, public_id, name, channel, status, currency, created_at, updated_at)
        values (${site.siteId}, ${`cmp_${site.siteId}`}, 'Idle', 'email', 'active', 'EUR', now(), now()) returning id
      )
      insert into site.spend (site_id, campaign_id, day, amount_minor, currency, updated_at)
      select ${site.siteId}, id, '2025-03-02', 5000, 'EUR', now() from campaign`);

    const { rows, totals } = await asker.readyOf(site);

    expect(totals.spendMinor).toBe(5000);
    expect(rows.find(({ name }) => name === "Idle")).toMatchObject({
      spendMinor: 5000,
      credits: {
        linear: { conversions: 0, cpa: { value: null, reason: "no_conversions" }, roas: { value: 0 } },
      },
    });
  });
});
