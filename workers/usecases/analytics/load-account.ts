import type { Basis } from "#contract/analytics.ts";
import type { RuleModel } from "#core/attribution/credit.ts";
import { partsOf } from "#core/lists/parts-of.ts";
import type { ReportSite } from "#db/queries/reports/report-sites.ts";
import type { AnalyticsDeps, AnalyticsInput } from "./analytics-input.ts";
import { otherCurrencies, type RangeFacts } from "./figures.ts";
import { loadSettled } from "./load-ranges.ts";
import type { SettledFacts } from "./settle-money.ts";
import { siteFacts } from "./site-facts.ts";
import { groupTraffic, type GroupTraffic } from "./united-traffic.ts";

type Days = { from: string; to: string };

export type AccountQuestion = Pick<AnalyticsInput, "lookbackDays" | "direct"> & {
  database: string;
  model: RuleModel;
  currency: string;
  range: Days;
  before: Days | null;
};

/** What an account's figures need of one of its sites: visitors are counted, sketches are gone. */
export type SitePart = {
  site: ReportSite;
  current: RangeFacts;
  previous: RangeFacts | null;
  channels: GroupTraffic[];
  dataVersion: string;
  staleSince: string | null;
  convertedCurrencies: string[];
  otherCurrencies: Basis["otherCurrencies"];
};

/** Of so many sites sketches of visitors fit into a Worker beside those of the other parts that are under way. */
const SITES_A_TRIP = 5;

/**
 * The facts of an account's sites, in their order: a round trip for every five of them, ten statements a site and range,
 * all trips side by side; more only where credit or the counts of deals are to be worked out. A site that went meanwhile
 * is left out.
 */
export async function loadAccount(
  deps: AnalyticsDeps,
  question: AccountQuestion,
  sites: readonly ReportSite[],
): Promise<SitePart[]> {
  const parts = partsOf(sites, SITES_A_TRIP);
  const loaded = await Promise.all(parts.map(async (part) => await loadPart(deps, question, part)));
  return loaded.flat();
}

async function loadPart(
  deps: AnalyticsDeps,
  question: AccountQuestion,
  sites: readonly ReportSite[],
): Promise<SitePart[]> {
  const { database, lookbackDays, direct, currency, range, before } = question;
  const days = before === null ? [range] : [range, before];
  const facts = await loadSettled(
    deps,
    { database, lookbackDays, direct, currency, isByCampaign: false },
    sites.flatMap(({ siteId }) => days.map(({ from, to }) => ({ siteId, campaignId: null, from, to }))),
  );
  const ofSites = partsOf(facts, days.length);
  return sites.flatMap((site, at) => {
    const [current = null, previous = null] = ofSites[at] ?? [];
    return current === null ? [] : [partOf(question, site, { current, previous })];
  });
}

function partOf(
  { range, before, currency, model }: AccountQuestion,
  site: ReportSite,
  { current, previous }: { current: SettledFacts; previous: SettledFacts | null },
): SitePart {
  return {
    site,
    current: siteFacts(current, range),
    previous: before && previous && siteFacts(previous, before),
    channels: groupTraffic(current.byChannel, { scope: "site", dimension: "channel" }),
    dataVersion: current.version,
    staleSince: current.staleSince,
    convertedCurrencies: current.convertedCurrencies,
    otherCurrencies: otherCurrencies(current.credit, currency, model),
  };
}
