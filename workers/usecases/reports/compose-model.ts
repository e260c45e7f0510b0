import { isTooFew, sumInterval } from "#core/attribution/interval.ts";
import type { ReportHowComputed, ReportNote } from "#core/report/report-basis.ts";
import { reportHeadline } from "#core/report/report-headline.ts";
import { reportKpis, type KpiCertainty } from "#core/report/report-kpis.ts";
import type { ReportModel, ReportSection } from "#core/report/report-model.ts";
import type {
  ReportCampaigns,
  ReportChannelRow,
  ReportFigures as Figures,
} from "#core/report/report-tables.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";
import { composeAttribution, unattributedShare } from "./compose-attribution.ts";
import { campaignRows, mergedRows, sumRows } from "./compose-campaigns.ts";
import { channelRows, mergedChannels } from "./compose-channels.ts";
import { composeNotes, composeRates } from "./compose-notes.ts";
import { composeSites, totalsOf, unitedDays, unitedFigures } from "./compose-sites.ts";
import type { ReportFigures } from "./load-figures.ts";
import { viewOf, type RangeView } from "./range-figures.ts";
import type { SiteFacts } from "./site-facts.ts";

export type ModelFacts = {
  report: Pick<ReportRecord, "title" | "kind" | "options">;
  figures: ReportFigures;
  generatedAt: Date;
  /** Public id of the attribution run; null without one. */
  runId: string | null;
};

/** A report as plain data, from figures of one data version: what every format is rendered from. */
export function composeModel({ report, figures, generatedAt, runId }: ModelFacts): ReportModel {
  const { sites, currency, timeZone, isAccount } = figures;
  const { kind, options, title } = report;
  const { language, locale, preparedFor, branding, accountName, from, to } = options;
  const site = isAccount ? null : (sites[0] ?? null);
  const views = sites.map((one) => viewOf(one.current, one));
  const now = unitedFigures(views);
  const before = beforeOf(sites);
  const previous = before && unitedFigures(before.views);
  const channels = channelsOf(sites);
  const days = unitedDays(views);
  const sections = shownSections(options.sections, { channels, hasDays: days.length > 0, site });
  return {
    version: 2,
    kind,
    language,
    locale,
    title,
    preparedFor,
    branding,
    accountName,
    siteName: site && site.question.site.name,
    campaignNames: ownNames(site),
    sections,
    range: { from, to, timeZone },
    comparison: before && { ...before.range, timeZone },
    generatedAt: generatedAt.toISOString(),
    currency,
    headline: reportHeadline(now, previous, channels ?? []),
    kpis: reportKpis({ kind, figures: now, previous, certainty: certaintyOf(site, now.conversions) }),
    days,
    comparisonDays: before && unitedDays(before.views),
    ...tablesOf(figures, { kind, sections, site, channels, totals: totalsOf(now) }),
    howComputed: howComputed(figures, { options, generatedAt, runId, views }),
  };
}

function ownNames(site: SiteFacts | null): string[] {
  return (site?.question.own ?? []).map(({ name }) => name);
}

type Tables = Pick<ReportModel, "sites" | "channels" | "campaigns" | "attribution" | "journeys">;
type TableFacts = Pick<ReportModel, "kind" | "sections"> & {
  site: SiteFacts | null;
  channels: ReportChannelRow[] | null;
  totals: Figures;
};

/** The sections that are shown; null for the others. */
function tablesOf({ sites }: ReportFigures, { kind, sections, site, channels, totals }: TableFacts): Tables {
  const has = (section: ReportSection) => sections.includes(section);
  return {
    sites: has("sites") ? composeSites(sites) : null,
    // Spend belongs to campaigns: no channel has any.
    channels: has("channels") && channels ? table(channels, { ...totals, spendMinor: null }) : null,
    campaigns: has("campaigns") ? table(campaignsOf(sites, kind), totals) : null,
    attribution:
      has("attribution") && site ? composeAttribution(site, { isOwnOnly: kind === "sponsor" }) : null,
    journeys: has("journeys") && site ? site.journeys : null,
  };
}

/** Rows with their totals; what adds up is added up, so that it does. */
function table<Row extends Figures>(rows: readonly Row[], totals: Figures) {
  const { clicks, impressions } = sumRows(rows);
  return { rows, totals: { ...totals, clicks, impressions } };
}

type Before = { range: { from: string; to: string }; views: RangeView[] };

/** The comparison range of every site. */
function beforeOf(sites: readonly SiteFacts[]): Before | null {
  const views = sites.flatMap((site) => (site.previous ? [viewOf(site.previous, site)] : []));
  const [range] = views;
  return range ? { range: { from: range.from, to: range.to }, views } : null;
}

function channelsOf(sites: readonly SiteFacts[]): ReportChannelRow[] | null {
  const tables = sites.map(channelRows);
  const [only] = tables;
  if (tables.length === 1) return only ?? null;
  return mergedChannels(tables.map((rows) => rows ?? []));
}

function campaignsOf(sites: readonly SiteFacts[], kind: ReportModel["kind"]): ReportCampaigns["rows"] {
  const order = kind === "roi" ? "spend" : "revenue";
  const tables = sites.map((site) => campaignRows(site, order));
  const [only] = tables;
  return tables.length === 1 && only ? only : mergedRows(tables, order);
}

/** Without those that the model or the data has nothing for. */
function shownSections(
  asked: readonly ReportSection[],
  { channels, hasDays, site }: { channels: unknown; hasDays: boolean; site: SiteFacts | null },
): ReportSection[] {
  const isShown: Partial<Record<ReportSection, boolean>> = {
    chart: hasDays,
    channels: channels !== null,
    attribution: site !== null,
    journeys: site !== null && site.journeys !== null,
  };
  return asked.filter((section) => isShown[section] ?? true);
}

/** Of a site as a whole, or of the report's only campaign; what several campaigns earned together has no interval. */
function certaintyOf(site: SiteFacts | null, conversions: number): KpiCertainty {
  const unknown = { conversions: null, revenue: null, tooFew: isTooFew(conversions) };
  if (site === null) return unknown;
  const { question, answer, squares } = site;
  const [only, ...more] = question.own;
  if (only === undefined && squares !== null) {
    return {
      conversions: sumInterval({ sum: squares.conversions, sumSquares: squares.conversionsSquared }),
      revenue: sumInterval({ sum: squares.revenueMinor, sumSquares: squares.revenueSquared }),
      tooFew: isTooFew(conversions),
    };
  }
  const row = more.length === 0 ? answer?.rows.find(({ key }) => key === only?.publicId) : undefined;
  const credit = row?.credits[question.options.model];
  return credit === undefined
    ? unknown
    : { conversions: credit.conversionsInterval, revenue: credit.revenueInterval, tooFew: credit.tooFew };
}

type How = Pick<ModelFacts, "generatedAt" | "runId"> & {
  options: ReportRecord["options"];
  views: readonly RangeView[];
};

function howComputed(figures: ReportFigures, { options, generatedAt, runId, views }: How): ReportHowComputed {
  const { sites, currency } = figures;
  const [first] = sites;
  const isOne = sites.length === 1;
  return {
    model: options.model,
    lookbackDays: options.lookbackDays,
    directRule: options.direct,
    currency,
    rates: composeRates(sites),
    dataVersions: sites.map(({ question, current }) => ({
      siteName: question.site.name,
      dataVersion: current.facts.version,
    })),
    runId,
    unattributedShare: isOne && first ? unattributedShare(first) : { conversions: null, revenue: null },
    marginPercent: isOne && first ? (views[0]?.margins.whole ?? null) : null,
    notes: [...composeNotes(sites, generatedAt), ...otherZones(figures), ...estimated(views)],
  };
}

function otherZones({ sites, timeZone }: ReportFigures): ReportNote[] {
  const siteNames = sites
    .filter(({ current }) => current.facts.timeZone !== timeZone)
    .map(({ question }) => question.site.name);
  return siteNames.length === 0 ? [] : [{ kind: "other_zones", siteNames }];
}

/** The half width of the visitors' interval, as a share of them. */
function estimated(views: readonly RangeView[]): ReportNote[] {
  const margins = views.flatMap(({ traffic: { whole } }) =>
    whole.visitorsMargin === null || whole.visitors === 0 ? [] : [whole.visitorsMargin / whole.visitors],
  );
  return margins.length === 0 ? [] : [{ kind: "visitors_estimated", margin: Math.max(...margins) }];
}
