import fc from "fast-check";
import type { Client } from "pg";
import { beforeAll, describe, expect, it } from "vitest";

import type { CreateReportRequest } from "#contract/reports.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import type { Database } from "#db/database.ts";
import type { KeyPrincipal } from "#usecases/accounts/principal.ts";
import { buildReport } from "#usecases/reports/build-report.ts";
import { compareReports } from "#usecases/reports/compare-reports.ts";
import { createReport } from "#usecases/reports/create-report.ts";
import { getReportModel } from "#usecases/reports/get-report-model.ts";
import { recomputeReport } from "#usecases/reports/recompute-report.ts";
import { keyPrincipal, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import {
  accountStory,
  NOW,
  RANGE,
  rollUpAll,
  setRate,
  siteStory,
  tellAccount,
  tellSite,
  ZONE,
  type StoryOf,
  type ToldSite,
} from "./random-account.ts";
import { recount, recountLastTouch, type Recounted } from "./recount.ts";
import { reportDeps, type ReportDeps } from "./report-deps.ts";

const ACCOUNTS = process.env["SOAK"] === "1" ? 50 : 6;
const KINDS = ["campaign-performance", "sponsor", "roi", "executive-summary"] as const;

let db: Database;
let client: Client;
let deps: ReportDeps;

beforeAll(async () => {
  const database = await createDatabase();
  ({ db } = database);
  client = await database.connect();
  deps = reportDeps(db);
  deps.setNow(new Date(NOW + 3_600_000).toISOString());
});

type Told = { accountId: number; sites: ToldSite[]; principal: KeyPrincipal };
type Story = StoryOf<typeof accountStory>;

/** A report of each kind in turn, of some accounts in another currency than their sites'. */
function requestOf(told: Told, story: Story, index: number): CreateReportRequest {
  const kind = KINDS[index % KINDS.length] ?? "roi";
  const [first] = told.sites;
  const isForeign = story.rate !== null && index % 3 === 1;
  const half = Math.ceil((first?.campaigns.length ?? 0) / 2);
  return {
    kind,
    ...RANGE,
    compare: "none",
    ...(kind === "executive-summary" ? {} : { siteId: first?.publicId }),
    ...(kind === "sponsor"
      ? { campaignIds: first?.campaigns.slice(0, half).map(({ publicId }) => publicId) }
      : {}),
    ...(isForeign ? { currency: "USD" } : {}),
  };
}

async function built(told: Told, request: CreateReportRequest): Promise<{ id: string; model: ReportModel }> {
  const { principal } = told;
  const { id } = valueOf(await createReport(deps, { principal, request }));
  return { id, model: await builtModel(told, id) };
}

async function builtModel({ principal }: Told, id: string): Promise<ReportModel> {
  expect(await buildReport(deps, { database: "main", reportId: id })).toEqual({ kind: "built" });
  return valueOf(await getReportModel(deps, { principal, reportId: id }));
}

async function recounted({ accountId, sites }: Told, model: ReportModel): Promise<Recounted> {
  const asked = model.siteName === null ? sites : sites.slice(0, 1);
  const siteIds = asked.map(({ siteId }) => siteId);
  return await recount(client, { siteIds, accountId, ...RANGE, timeZone: ZONE, currency: model.currency });
}

const kpi = ({ kpis }: ReportModel, key: string) => kpis.find((one) => one.key === key)?.value ?? null;

/** Every table adds up to its totals, and all totals are the same. */
function expectSums(model: ReportModel): void {
  const revenueMinor = kpi(model, "revenue");
  const conversions = kpi(model, "conversions") ?? 0;
  for (const table of [model.sites, model.channels, model.campaigns]) {
    if (table === null) continue;
    const sum = (of: "revenueMinor" | "conversions") =>
      table.rows.reduce((total: number, row) => total + row[of], 0);
    expect(table.totals.revenueMinor).toBe(revenueMinor);
    expect(sum("revenueMinor")).toBe(revenueMinor);
    expect(sum("conversions")).toBeCloseTo(conversions, 9);
  }
  expect(model.days.reduce((total, day) => total + day.revenueMinor, 0)).toBe(revenueMinor);
  for (const [n, total] of model.attribution?.totals.entries() ?? []) {
    const column = model.attribution?.rows.map(({ credits }) => credits[n]?.revenueMinor ?? 0) ?? [];
    expect(column.reduce((sum, minor) => sum + minor, 0)).toBe(total.revenueMinor);
  }
}

async function expectRecount(told: Told, model: ReportModel): Promise<void> {
  const raw = await recounted(told, model);
  const totals = model.attribution?.totals[0] ?? null;
  if (model.campaignNames.length === 0) {
    expect({
      conversions: kpi(model, "conversions"),
      revenueMinor: kpi(model, "revenue"),
      visitors: kpi(model, "visitors"),
    }).toEqual({ conversions: raw.conversions, revenueMinor: raw.revenueMinor, visitors: raw.visitors });
    if (model.kind !== "roi")
      expect([kpi(model, "clicks"), kpi(model, "impressions")]).toEqual([raw.clicks, raw.impressions]);
    expect(kpi(model, "spend")).toBe(raw.spendMinor);
  }
  if (totals !== null)
    expect(totals).toMatchObject({ revenueMinor: raw.revenueMinor, conversions: raw.conversions });
}

/** Of money that needed no rate, campaign by campaign. */
async function expectLastTouch({ sites, accountId: _ }: Told, model: ReportModel): Promise<void> {
  const [site] = sites;
  const { rates, notes } = model.howComputed;
  if (!site || model.siteName === null || rates.length > 0 || notes.some(({ kind }) => kind === "converted"))
    return;
  const credits = await recountLastTouch(client, {
    siteId: site.siteId,
    ...RANGE,
    timeZone: ZONE,
    currency: model.currency,
  });
  for (const campaign of site.campaigns) {
    const row = model.campaigns?.rows.find(({ name }) => name === campaign.name);
    const credit = credits.find(({ campaignId }) => campaignId === campaign.id);
    if (model.campaignNames.length > 0 && !model.campaignNames.includes(campaign.name)) {
      expect(JSON.stringify(model)).not.toContain(campaign.name);
      continue;
    }
    expect([campaign.name, row?.conversions ?? 0, row?.revenueMinor ?? 0]).toEqual([
      campaign.name,
      credit?.conversions ?? 0,
      credit?.revenueMinor ?? 0,
    ]);
  }
}

const stories = fc.sample(accountStory, { numRuns: ACCOUNTS, seed: 20_261_128 });
const later = fc.sample(siteStory, { numRuns: ACCOUNTS, seed: 5 });

describe("a report of a random account", () => {
  it.each(stories.map((story, index) => ({ index, story })))(
    "$index says what raw events add up to, and differs from its recomputation by the reasons that are listed",
    async ({ index, story }) => {
      const account = await tellAccount(db, story);
      const [first] = account.sites;
      if (!first) throw new Error("There is no site");
      const told: Told = { ...account, principal: { ...keyPrincipal(first), accountId: account.accountId } };
      const { id, model } = await built(told, requestOf(told, story, index));
      expectSums(model);
      await expectRecount(told, model);
      await expectLastTouch(told, model);

      const more = later[index];
      if (more) await tellSite(db, first, { ...more, campaigns: 0 });
      if (story.rate !== null) await setRate(db, told.accountId, "1.5");
      await rollUpAll(db);
      expect(valueOf(await getReportModel(deps, { principal: told.principal, reportId: id }))).toEqual(model);

      const again = valueOf(await recomputeReport(deps, { principal: told.principal, reportId: id }));
      const second = await builtModel(told, again.id);
      expectSums(second);
      await expectRecount(told, second);
      await expectReasons(told, { id: again.id, before: model, after: second });
    },
  );
});

type Recomputed = { id: string; before: ReportModel; after: ReportModel };

async function expectReasons({ principal }: Told, { id, before, after }: Recomputed): Promise<void> {
  const compared = valueOf(await compareReports(deps, { principal, reportId: id, withId: null }));
  const change = (key: string) => (kpi(after, key) ?? 0) - (kpi(before, key) ?? 0);
  if (after.siteName === null) {
    expect(compared.changes).toBeNull();
    return;
  }
  const sum = (of: "revenueMinor" | "conversions" | "spendMinor") =>
    compared.changes?.reduce((total, reason) => total + reason[of], 0);
  expect(sum("revenueMinor")).toBe(change("revenue"));
  expect(sum("conversions")).toBeCloseTo(change("conversions"), 9);
  if (kpi(before, "spend") !== null && kpi(after, "spend") !== null)
    expect(sum("spendMinor")).toBe(change("spend"));
}
