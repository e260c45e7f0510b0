// @module-tag long
import fc from "fast-check";
import type { Client } from "pg";
import { beforeAll, describe, expect, it } from "vitest";

import type { CreateReportRequest } from "#contract/reports.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import type { ReportFigures } from "#core/report/report-tables.ts";
import { rowRatios } from "#core/report/row-ratios.ts";
import type { Database } from "#db/database.ts";
import { renderPdf } from "#rendering/render-pdf.ts";
import type { KeyPrincipal } from "#usecases/accounts/principal.ts";
import { buildReport } from "#usecases/reports/build-report.ts";
import { compareReports } from "#usecases/reports/compare-reports.ts";
import { createReport } from "#usecases/reports/create-report.ts";
import { downloadReport } from "#usecases/reports/download-report.ts";
import { getReportModel } from "#usecases/reports/get-report-model.ts";
import { recomputeReport } from "#usecases/reports/recompute-report.ts";
import { keyPrincipal, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
import { readFonts } from "#tests/rendering/read-fonts.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { differences } from "#tests/support/differences.ts";
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
import {
  campaignRevenueOfCsv,
  figuresOfCsv,
  figuresOfWorkbook,
  missingInMail,
  missingInPdf,
} from "./read-figures.ts";
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
  const fonts = readFonts();
  deps = { ...reportDeps(db), renderPdf: async (of, logo) => await renderPdf(of, { fonts, logo }) };
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

/** Where a table does not add up to its totals, or its totals are others than the KPIs. */
function sumFaults(model: ReportModel): string[] {
  const kpis = { revenueMinor: kpi(model, "revenue"), conversions: kpi(model, "conversions") };
  const tables = [model.sites, model.channels, model.campaigns].filter((table) => table !== null);
  return [
    ...tables.flatMap(({ rows, totals }) => {
      const sum = (of: "revenueMinor" | "conversions") =>
        (rows as readonly ReportFigures[]).reduce((total, row) => total + row[of], 0);
      const { revenueMinor, conversions } = totals;
      return [
        ...differences({ revenueMinor, conversions }, kpis),
        ...differences({ revenueMinor: sum("revenueMinor"), conversions: sum("conversions") }, kpis),
      ];
    }),
    ...differences(
      { days: model.days.reduce((total, day) => total + day.revenueMinor, 0) },
      { days: kpis.revenueMinor },
    ),
    ...(model.attribution?.totals ?? []).flatMap((total, n) => {
      const column = (model.attribution?.rows ?? []).map(({ credits }) => credits[n]?.revenueMinor ?? 0);
      return differences(
        { column: column.reduce((sum, minor) => sum + minor, 0) },
        { column: total.revenueMinor },
      );
    }),
  ];
}

/** Where the figures are not what raw events add up to. */
async function recountFaults(told: Told, model: ReportModel): Promise<string[]> {
  const raw = await recounted(told, model);
  const { isRevenueForeign: _, ...counted } = raw;
  // A sponsor's has no word of the others' money: its campaigns are recounted one by one in lastTouchFaults.
  const whole =
    model.kind === "sponsor"
      ? { conversions: kpi(model, "conversions"), revenueMinor: kpi(model, "revenue") }
      : { conversions: raw.conversions, revenueMinor: raw.revenueMinor };
  const last = model.attribution?.models.indexOf("last") ?? -1;
  const attributed = model.attribution?.totals[last];
  const ofAll = attributed && {
    conversions: attributed.conversions,
    revenueMinor: attributed.revenueMinor,
  };
  return [
    ...(ofAll ? differences(ofAll, whole) : []),
    ...(model.campaignNames.length > 0
      ? []
      : differences(
          {
            conversions: kpi(model, "conversions"),
            revenueMinor: kpi(model, "revenue"),
            spendMinor: kpi(model, "spend"),
            visitors: kpi(model, "visitors"),
            clicks: sumOfDays(model, "clicks"),
            impressions: sumOfDays(model, "impressions"),
          },
          counted,
        )),
    ...(model.campaignNames.length > 0 ? [] : ratioFaults(model, raw)),
  ];
}

/** Where a ratio is not that of what was recounted: over revenue there is none where some of it has no rate. */
function ratioFaults(model: ReportModel, raw: Recounted): string[] {
  const { conversions, revenueMinor, spendMinor, visitors, isRevenueForeign } = raw;
  const over = (above: number | null, below: number | null) =>
    above === null || below === null || below <= 0 ? null : above / below;
  const earned = isRevenueForeign ? null : revenueMinor;
  const ratios: Readonly<Record<string, number | null>> = {
    roas: over(earned, spendMinor),
    roi: over(earned === null ? null : earned - (spendMinor ?? 0), spendMinor),
    aov: over(earned, conversions),
    cpa: over(spendMinor, conversions),
    cvr: over(conversions, visitors),
  };
  const shown = model.kpis.filter(({ key }) => key in ratios);
  return shown.flatMap(({ key, value }) => differences({ [key]: value }, { [key]: ratios[key] ?? null }));
}

function sumOfDays({ days }: ReportModel, of: "clicks" | "impressions"): number {
  return days.reduce((sum, day) => sum + day[of], 0);
}

const NOTHING = { conversions: 0, revenueMinor: 0, isRevenueForeign: false, spendMinor: null };

const NOBODY = { impressions: 0, clicks: 0, visitors: 0 };

/** Where no money was converted, campaign by campaign, with its ROAS; names of campaigns that a report is not about are faults. */
async function lastTouchFaults({ sites }: Told, model: ReportModel): Promise<string[]> {
  const [site] = sites;
  const isConverted = model.howComputed.notes.some(({ kind }) => kind === "converted");
  if (!site || model.siteName === null || isConverted) return [];
  const { siteId } = site;
  const asked = { siteId, ...RANGE, timeZone: ZONE, currency: model.currency };
  const credits = await recountLastTouch(client, asked);
  return site.campaigns.flatMap(({ id, name }) => {
    const isForeign = model.campaignNames.length > 0 && !model.campaignNames.includes(name);
    if (isForeign) return JSON.stringify(model).includes(name) ? [`${name} is named`] : [];
    const told = model.campaigns?.rows.find((row) => row.name === name) ?? NOTHING;
    const raw = credits.find(({ campaignId }) => campaignId === id) ?? NOTHING;
    const { spendMinor } = told;
    const hasRoas = spendMinor !== null && spendMinor > 0 && !raw.isRevenueForeign;
    return differences(
      {
        conversions: told.conversions,
        revenueMinor: told.revenueMinor,
        roas: rowRatios({ ...NOBODY, ...told }).roas,
      },
      {
        conversions: raw.conversions,
        revenueMinor: raw.revenueMinor,
        roas: hasRoas ? raw.revenueMinor / spendMinor : null,
      },
    ).map((fault) => `${name}: ${fault}`);
  });
}

/** Where a file says something else than the model. */
async function fileFaults({ principal }: Told, id: string, model: ReportModel): Promise<string[]> {
  const read = async (format: "csv" | "xlsx" | "pdf") => {
    const file = valueOf(await downloadReport(deps, { principal, reportId: id, format }));
    return new Uint8Array(await new Response(file.body).arrayBuffer());
  };
  const [csv, workbook] = [await read("csv"), await read("xlsx")];
  const figures = {
    revenue: kpi(model, "revenue"),
    spend: kpi(model, "spend"),
    conversions: kpi(model, "conversions"),
  };
  return [
    ...differences(figuresOfCsv(csv), figures),
    ...differences({ campaigns: campaignRevenueOfCsv(csv) }, { campaigns: figures.revenue }),
    ...differences(await figuresOfWorkbook(workbook), figures),
    ...missingInMail(model),
    ...(await missingInPdf(model, await read("pdf"))),
  ];
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
      const { accountId } = account;
      const told: Told = { ...account, principal: { ...keyPrincipal(first), accountId } };
      const { principal } = told;
      const { id, model } = await built(told, requestOf(told, story, index));
      expect(await faultsOf(told, id, model)).toEqual([]);

      const more = later[index];
      if (more) await tellSite(db, first, { ...more, campaigns: 0 });
      if (story.rate !== null) await setRate(db, accountId, "1.5");
      await rollUpAll(db);
      expect(valueOf(await getReportModel(deps, { principal, reportId: id }))).toEqual(model);

      const again = valueOf(await recomputeReport(deps, { principal, reportId: id }));
      const second = await builtModel(told, again.id);
      expect(await faultsOf(told, again.id, second)).toEqual([]);
      expect(await reasonFaults(told, { id: again.id, before: model, after: second })).toEqual([]);
    },
  );
});

async function faultsOf(told: Told, id: string, model: ReportModel): Promise<string[]> {
  return [
    ...sumFaults(model),
    ...(await recountFaults(told, model)),
    ...(await lastTouchFaults(told, model)),
    ...(await fileFaults(told, id, model)),
  ];
}

type Recomputed = { id: string; before: ReportModel; after: ReportModel };

/** Where the reasons do not add up to the difference of two reports; of several sites there are none. */
async function reasonFaults({ principal }: Told, { id, before, after }: Recomputed): Promise<string[]> {
  const { changes } = valueOf(await compareReports(deps, { principal, reportId: id, withId: null }));
  if (after.siteName === null) return changes === null ? [] : ["There are reasons"];
  const change = (key: string) => {
    const [from, to] = [kpi(before, key), kpi(after, key)];
    return from === null || to === null ? null : to - from;
  };
  const sum = (of: "revenueMinor" | "conversions" | "spendMinor") =>
    (changes ?? []).reduce((total, reason) => total + reason[of], 0);
  const spent = change("spend");
  return differences(
    {
      revenue: sum("revenueMinor"),
      conversions: sum("conversions"),
      spend: spent === null ? null : sum("spendMinor"),
    },
    { revenue: change("revenue"), conversions: change("conversions"), spend: spent },
  );
}
