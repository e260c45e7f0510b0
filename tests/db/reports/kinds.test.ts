// @module-tag long
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import type { AttributionReady } from "#contract/attribution.ts";
import type { CreateReportRequest } from "#contract/reports.ts";
import { MODELS, sumsToTotal } from "#core/attribution/models.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { addDays } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { renderCsv } from "#rendering/render-csv.ts";
import { renderXlsx } from "#rendering/render-xlsx.ts";
import { getAttribution } from "#usecases/attribution/get-attribution.ts";
import { attributionQuestion } from "#usecases/attribution/attribution-question.ts";
import { buildReport } from "#usecases/reports/build-report.ts";
import { createReport } from "#usecases/reports/create-report.ts";
import { getReportModel } from "#usecases/reports/get-report-model.ts";
import { listRuns } from "#usecases/runs/list-runs.ts";
import { deleteRun } from "#usecases/runs/change-run.ts";
import { getRun } from "#usecases/runs/get-run.ts";
import { siteRef, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
import { differences } from "#tests/support/differences.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { NOW, RANGE, rollUpAll, setRate, tellSite } from "./random-account.ts";
import { figure, kpi, moneyOf, rowOf, sitesOf, sumOf } from "./read-model.ts";
import { reportDeps, type ReportDeps } from "./report-deps.ts";
import { order, tellShop, type Shop, type ShopOptions } from "./told-shop.ts";

let db: Database;
let deps: ReportDeps;

beforeAll(async () => {
  ({ db } = await createDatabase());
  deps = reportDeps(db);
  deps.setNow(new Date(NOW + 3_600_000).toISOString());
});

const shop = async (more: ShopOptions = {}): Promise<Shop> => await tellShop(db, more);

async function report(
  { site, principal }: Shop,
  request: Partial<CreateReportRequest>,
): Promise<ReportModel> {
  const asked = { siteId: site.publicId, ...RANGE, ...request };
  const { id } = valueOf(await createReport(deps, { principal, request: asked }));
  expect(await buildReport(deps, { database: "main", reportId: id })).toEqual({ kind: "built" });
  return valueOf(await getReportModel(deps, { principal, reportId: id }));
}

describe("a report under any model", () => {
  it("has the workbench's credit, its totals are those of every model, and all files can be written", async () => {
    const own = await shop();
    const { site } = own;
    const answer = valueOf(
      await getAttribution(deps, {
        ...attributionQuestion(RANGE),
        site: { siteId: site.siteId, publicId: site.publicId, database: "main" },
      }),
    );
    if (answer.status !== "ready") throw new Error("It is still being worked out");
    for (const model of MODELS) {
      // oxlint-disable-next-line no-await-in-loop -- one report at a time keeps the test's machine free.
      const made = await report(own, { model });
      expect([model, kpi(made, "revenue").value]).toEqual([model, answer.totals.revenueMinor]);
      expect([model, kpi(made, "conversions").value]).toEqual([model, answer.totals.conversions]);
      expect(creditFaults(made, answer)).toEqual([]);
      expect(made.attribution?.models).toEqual(
        MODELS.filter((one) => ["first", "last", "linear", model].includes(one)),
      );
      expect(sumOf(made.days)).toBe(answer.totals.revenueMinor);
      const ofChannels = sumOf(made.channels?.rows) - answer.totals.revenueMinor;
      // Participation counts an order for every channel that took part.
      expect([model, Math.sign(ofChannels)]).toEqual([model, sumsToTotal(model) ? 0 : 1]);
    }
  });

  // One of each way in which credit comes about: kept, from single orders, counted more than once, and of the whole.
  it.each([["last"], ["position"], ["participation"], ["markov"]] as const)(
    "is of its campaigns alone under %s: neither names nor sums of the others are in it",
    async (model) => {
      const own = await shop();
      const { first, second, third } = own;
      const campaignIds = [first.publicId, second.publicId];
      const made = await report(own, { kind: "sponsor", campaignIds, model, preparedFor: "Acme" });
      const text = JSON.stringify(made);
      expect(text).not.toContain(third.name);
      expect(text).not.toContain(third.publicId);
      expect(made.campaignNames).toEqual([first.name, second.name]);
      expect(made.campaigns?.rows.map(({ kind }) => kind)).toEqual(["group", "group"]);
      expect(made.attribution?.rows.map(({ kind }) => kind)).toEqual(["group", "group"]);
      const sum = sumOf(made.campaigns?.rows);
      expect(sum).toBe(figure(made, "revenue"));
      const ofDays = sumOf(made.days);
      // Markov shares out the range as a whole: it tells of no day of a campaign.
      expect(made.sections.includes("chart")).toBe(model !== "markov");
      expect(ofDays).toBe(model === "markov" ? 0 : sum);
      expect(made.howComputed.notes.some(({ kind }) => kind === "no_daily_credit")).toBe(model === "markov");
      expect(made.journeys?.top.flatMap(({ path }) => path.map(({ name }) => name))).not.toContain(
        third.name,
      );
      expect((await renderXlsx(made)).length).toBeGreaterThan(1_000);
      expect((await renderCsv(made)).extension).toBe("zip");
    },
  );
});

it("sums up what is not a report's own campaigns, but not for a sponsor", async () => {
  const own = await shop();
  const campaignIds = [own.first.publicId, own.second.publicId];
  const inHouse = await report(own, { kind: "campaign-performance", campaignIds });
  expect(inHouse.attribution?.rows.map(({ kind }) => kind)).toEqual([
    "group",
    "group",
    "others",
    "none",
    "unattributed",
  ]);
  const siteTotal = inHouse.attribution?.totals[0]?.revenueMinor;
  expect(siteTotal).toBeGreaterThan(0);
  const sponsored = await report(own, { kind: "sponsor", campaignIds });
  const last = sponsored.attribution?.models.indexOf("last") ?? -1;
  expect(sponsored.attribution?.totals[last]?.revenueMinor).toBe(sumOf(sponsored.campaigns?.rows));
  expect(JSON.stringify(sponsored)).not.toContain(`:${siteTotal},`);
});

/** Where campaigns have another credit than the workbench gives them. */
function creditFaults(made: ReportModel, answer: AttributionReady): string[] {
  const { model } = made.howComputed;
  return answer.rows.flatMap(({ kind, name, credits }) => {
    const credit = credits[model];
    if (kind !== "group" || !credit) return [];
    const { conversions, revenueMinor, revenueInterval } = rowOf(made, name);
    return differences(
      { conversions, revenueMinor, low: revenueInterval?.low ?? null },
      {
        conversions: credit.conversions,
        revenueMinor: credit.revenueMinor,
        low: credit.revenueInterval?.low ?? null,
      },
    ).map((fault) => `${model}, ${name}: ${fault}`);
  });
}

describe("a report of a site", () => {
  it("carries the run of its credit, which is not among the runs that people made", async () => {
    const own = await shop();
    const made = await report(own, {});
    const { runId, dataVersions } = made.howComputed;
    const run = valueOf(await getRun(deps, { principal: own.principal, runId: runId ?? "" }));
    expect(run).toMatchObject({ status: "ready", dataVersion: dataVersions[0]?.dataVersion });
    expect(run.answer?.totals.revenueMinor).toBe(kpi(made, "revenue").value);
    const listed = await listRuns(deps, { site: siteRef(own.site), afterId: null, limit: 50 });
    expect(listed.items).toEqual([]);
    // Who deletes the run leaves the report what it was made of.
    const kept = [...deps.files.keys()];
    const { principal } = own;
    expect((await deleteRun(deps, { principal, runId: runId ?? "" })).ok).toBe(true);
    expect([...deps.files.keys()]).toEqual(kept);
  });

  it("has intervals around what is made of credit, and says that few journeys are behind it", async () => {
    const own = await shop();
    const made = await report(own, {});
    const revenue = kpi(made, "revenue");
    expect(revenue.tooFew).toBe(true);
    expect(revenue.interval?.low).toBeLessThan(figure(made, "revenue"));
    expect(revenue.interval?.high).toBeGreaterThan(figure(made, "revenue"));
    expect(kpi(made, "visitors")).toMatchObject({ interval: null, tooFew: false });
    const { first } = own;
    const single = await report(own, { campaignIds: [first.publicId] });
    const row = rowOf(single, first.name);
    expect(kpi(single, "conversions").interval).toEqual(row.conversionsInterval);
    expect(single.title).toBe(`${first.name}: performance`);
  });

  it("is compared with other days, the n-th with the n-th", async () => {
    const own = await shop();
    const half = { from: addDays(RANGE.to, -3), to: RANGE.to };
    const previous = await report(own, { ...half, compare: "previous" });
    const before = await report(own, {
      from: addDays(half.from, -4),
      to: addDays(half.from, -1),
      compare: "none",
    });
    expect(previous.comparison).toMatchObject({ from: addDays(half.from, -4), to: addDays(half.from, -1) });
    expect(previous.comparisonDays).toEqual(before.days);
    expect(kpi(previous, "revenue").previous).toBe(kpi(before, "revenue").value);
    const weekdays = await report(own, { ...half, compare: "same_weekdays" });
    expect(weekdays.comparison).toMatchObject({ from: addDays(half.from, -7), to: addDays(half.to, -7) });
    const year = await report(own, { ...half, compare: "last_year" });
    expect(kpi(year, "revenue").previous).toBe(0);
    expect(before.comparison).toBeNull();
  });

  it("tells all money in the currency that was asked for, and none where there is no rate", async () => {
    const own = await shop({ rate: "1.25" });
    const euros = await report(own, {});
    const dollars = await report(own, { currency: "USD" });
    expect(dollars.currency).toBe("USD");
    // Each day's total is rounded by itself: a cent a day at most.
    expect(Math.abs(figure(dollars, "revenue") - figure(euros, "revenue") * 1.25)).toBeLessThan(9);
    expect(kpi(dollars, "spend").value).toBe(figure(euros, "spend") * 1.25);
    expect(dollars.howComputed.rates[0]).toMatchObject({ currency: "EUR", rate: "1.25" });
    expect(dollars.attribution?.totals[0]?.revenueMinor).toBe(kpi(dollars, "revenue").value);
    const pounds = await report(own, { currency: "GBP" });
    expect(kpi(pounds, "revenue").value).toBe(0);
    expect(kpi(pounds, "spend")).toMatchObject({ value: null, reason: "currency_mismatch" });
    expect(pounds.howComputed.notes).toContainEqual(
      expect.objectContaining({
        kind: "left_out",
        currency: "EUR",
        revenueMinor: kpi(euros, "revenue").value,
      }),
    );
    // What was asked in another currency leaves the site's own answers as they are.
    expect(await report(own, {})).toMatchObject({ kpis: euros.kpis });
    expect((await renderXlsx(pounds)).length).toBeGreaterThan(1_000);
  });

  it("names the largest campaigns and sums up the rest, so that the table still adds up", async () => {
    const own = await shop();
    await db.execute(sql`
      insert into site.campaigns (site_id, public_id, name, channel, status, currency, created_at, updated_at)
      select ${own.site.siteId}, 'cmp_' || ${own.site.siteId}::text || '_' || n, 'Many ' || n, 'email', 'active', 'EUR', now(), now()
      from generate_series(1, 600) as n`);
    await db.execute(sql`
      insert into site.spend (site_id, campaign_id, day, source, amount_minor, currency, updated_at)
      select site_id, id, ${RANGE.to}::date, 'many', id % 7 + 1, 'EUR', now() from site.campaigns
      where site_id = ${own.site.siteId} and name like 'Many %'`);
    const made = await report(own, { kind: "roi" });
    const rows = made.campaigns?.rows ?? [];
    expect(rows.filter(({ kind }) => kind === "group")).toHaveLength(500);
    expect(rows.filter(({ kind }) => kind === "others")).toHaveLength(1);
    expect(made.attribution?.rows.filter(({ kind }) => kind === "group")).toHaveLength(500);
    const spent = rows.map(({ spendMinor }) => spendMinor ?? 0);
    expect(spent.reduce((sum, minor) => sum + minor, 0)).toBe(figure(made, "spend"));
    expect((await renderXlsx(made)).length).toBeGreaterThan(10_000);
  });
});

describe("a report of days that never hold still", () => {
  /** Something comes in whenever a file is written: during every try to read a site at once. */
  function restless({ site }: Shop): ReportDeps {
    const quiet = reportDeps(db);
    quiet.setNow(new Date(NOW + 3_600_000).toISOString());
    const put: ReportDeps["reportStore"]["put"] = async (file) => {
      await db.execute(sql`
        update site.data_versions set version = version + 1 where site_id = ${site.siteId}`);
      return await quiet.reportStore.put(file);
    };
    return { ...quiet, reportStore: { ...quiet.reportStore, put } };
  }

  it("is made of one read alone: it adds up, and has no run and no intervals", async () => {
    const own = await shop();
    const busy = restless(own);
    const { principal } = own;
    const request = { siteId: own.site.publicId, ...RANGE };
    const { id } = valueOf(await createReport(busy, { principal, request }));
    expect(await buildReport(busy, { database: "main", reportId: id })).toEqual({ kind: "built" });
    const made = valueOf(await getReportModel(busy, { principal, reportId: id }));
    const still = await report(own, {});
    expect(made.howComputed.runId).toBeNull();
    expect(made.sections).not.toContain("journeys");
    expect(kpi(made, "revenue")).toMatchObject({ value: figure(still, "revenue"), interval: null });
    expect(sumOf(made.campaigns?.rows)).toBe(figure(made, "revenue"));
    expect(made.attribution?.totals[0]?.revenueMinor).toBe(figure(made, "revenue"));
    // What was begun in vain left nothing behind: model, PDF, workbook, tables.
    expect([...busy.files.keys()]).toHaveLength(4);
  });

  it("is tried again later under a model whose credit is not kept", async () => {
    const own = await shop();
    const busy = restless(own);
    const request = { siteId: own.site.publicId, ...RANGE, model: "position" as const };
    const { id } = valueOf(await createReport(busy, { principal: own.principal, request }));
    await expect(buildReport(busy, { database: "main", reportId: id })).rejects.toThrow(
      "in one data version",
    );
    expect(busy.files.size).toBe(0);
    expect(await buildReport(deps, { database: "main", reportId: id })).toEqual({ kind: "built" });
  });
});

describe("an ROI report", () => {
  it("puts money first, keeps what cost and earned nothing, and tells margin, payback and pace", async () => {
    const own = await shop();
    const { first, third } = own;
    await db.execute(sql`update site.sites set margin_percent = 40 where id = ${own.site.siteId}`);
    await db.execute(sql`
      update site.campaigns set budget_minor = 180000, starts_on = ${addDays(RANGE.to, -9)}::date,
        ends_on = ${addDays(RANGE.to, 10)}::date where id = ${third.id}`);
    const made = await report(own, { kind: "roi", model: "first" });
    expect(made.kpis[0]?.key).toBe("spend");
    const revenue = figure(made, "revenue");
    expect(kpi(made, "grossProfit").value).toBeCloseTo(revenue * 0.4, -1);
    expect(made.howComputed.marginPercent).toBe(40);
    expect(made.campaigns?.rows[0]?.name).toBe(third.name);
    const costly = moneyOf(made, third.name);
    expect(costly).toMatchObject({ budgetSpent: 0.5, pace: 1, paybackDays: null });
    expect(costly.roiWithMargin).toBeLessThan(-0.5);
    const paid = moneyOf(made, first.name);
    expect(paid.grossProfitMinor).toBeCloseTo(rowOf(made, first.name).revenueMinor * 0.4, -1);
    expect(paid.budgetSpent).toBeNull();
    expect((await report(own, {})).campaigns?.rows.every(({ money }) => money === null)).toBe(true);
  });
});

describe("an executive summary", () => {
  it("has a row for each site with its own data, and adds them up in one currency", async () => {
    const own = await shop({ homes: ["EUR", "EUR", "USD"], rate: "1.25" });
    const made = await report(own, { kind: "executive-summary", siteId: undefined });
    const { howComputed } = made;
    const sites = sitesOf(made);
    expect(made).toMatchObject({ currency: "EUR", siteName: null, attribution: null, journeys: null });
    expect(sites.rows.map(({ name }) => name)).toEqual(["Shop 1", "Shop 2", "Shop 3"]);
    expect(howComputed.dataVersions).toHaveLength(3);
    for (const key of ["revenueMinor", "conversions", "spendMinor", "visitors"] as const) {
      const sum = sites.rows.reduce((total, row) => total + (row[key] ?? 0), 0);
      expect([key, sites.totals[key]]).toEqual([key, sum]);
    }
    expect(sites.totals.revenueMinor).toBe(kpi(made, "revenue").value);
    const alone = await report({ ...own, site: own.sites[1] ?? own.site }, { kind: "executive-summary" });
    expect(alone.sites).toBeNull();
    expect(kpi(alone, "revenue").value).toBe(sites.rows[1]?.revenueMinor);
    const campaigns = made.campaigns?.rows.filter(({ kind }) => kind === "group") ?? [];
    expect(campaigns).toHaveLength(9);
  });

  it("leaves out a site whose money cannot be told, and says so", async () => {
    const own = await shop({ homes: ["EUR", "EUR", "USD"] });
    for (const foreign of own.sites.filter(({ currency }) => currency === "USD"))
      // oxlint-disable-next-line no-await-in-loop -- there is one.
      await tellSite(db, foreign, {
        campaigns: 0,
        spend: [],
        reach: [],
        visits: [{ daysAgo: 1, touches: [0], orders: [order(7_700, "USD")] }],
      });
    await rollUpAll(db);
    const made = await report(own, { kind: "executive-summary", siteId: undefined });
    // It earned euros too: those are told.
    expect(sitesOf(made).rows.map(({ leftOutCurrency }) => leftOutCurrency)).toEqual([null, null, "USD"]);
    expect(made.howComputed.notes).toContainEqual({
      kind: "left_out",
      currency: "USD",
      revenueMinor: 7_700,
      conversions: 1,
    });
    await setRate(db, own.accountId, "1.25");
    const later = await report(own, { kind: "executive-summary", siteId: undefined });
    expect(sitesOf(later).rows.map(({ leftOutCurrency }) => leftOutCurrency)).toEqual([null, null, null]);
    expect(figure(later, "revenue") - figure(made, "revenue")).toBe(7_700 / 1.25);
  });

  it("says whose days are their own", async () => {
    const own = await shop({ homes: ["EUR", "EUR", "EUR"] });
    await db.execute(sql`
      update site.sites set time_zone = 'Asia/Kolkata' where account_id = ${own.accountId} and name = 'Shop 2'`);
    const made = await report(own, { kind: "executive-summary", siteId: undefined });
    expect(made.range.timeZone).toBe("Europe/Berlin");
    expect(made.howComputed.notes).toContainEqual({ kind: "other_zones", siteNames: ["Shop 2"] });
  });
});
