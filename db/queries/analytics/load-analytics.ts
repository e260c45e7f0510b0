import type { DayCredit } from "#core/attribution/credit.ts";
import type { StoredRate } from "#core/money/exchange-rate.ts";
import { HOURLY_RANGE_DAYS, MOST_VALUES, type Dimension } from "#core/rollup/dimensions.ts";
import type { Deal } from "#core/spend/deal.ts";
import { daysBetween } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { dealsOf, readDeals, type RawDeal } from "#db/queries/spend/deal-rows.ts";
import { ratesInUse, readRates, type RawRate } from "#db/queries/spend/rate-rows.ts";
import {
  breakdownRows,
  readBreakdownRows,
  type BreakdownRow,
  type RawBreakdownRow,
} from "./breakdown-rows.ts";
import { creditDays, readCreditDays, type RawCreditDay } from "./credit-days.ts";
import { loadCredit } from "./load-credit.ts";
import {
  campaignNames,
  dataVersion,
  refundTotals,
  spendRows,
  trafficDays,
  trafficHours,
  type TrafficDay,
} from "./traffic.ts";

export type { TrafficDay } from "./traffic.ts";

export type SpendDay = { day: string; campaignId: number; currency: string; amountMinor: number };
/** What a campaign cost on a day, by one source: as it was entered, or as a deal comes to. */
export type SpendEntry = SpendDay & { source: string; note: string | null };
export type RefundDay = { day: string; currency: string; refundMinor: number };
export type CampaignName = {
  id: number;
  publicId: string;
  name: string;
  channel: string;
  status: "draft" | "active" | "paused" | "completed";
  currency: string;
  marginPercent: number | null;
};

export type AnalyticsQuestion = {
  siteId: number;
  /** Null: the whole site. */
  campaignId: number | null;
  from: string;
  to: string;
  /** First day whose facts can change the result: `from − lookback`, or what deals of its month are counted by. */
  versionFrom: string;
  /** First day whose rates can be needed. */
  ratesFrom: string;
  lookbackDays: number;
  direct: "keep" | "exclude_unless_only";
  /** That money is to be told in; absent: the site's. */
  currency?: string | undefined;
};

export type AnalyticsFacts = {
  days: TrafficDay[];
  /** The range as a whole; null without traffic. Its counts are those of the rollups of days. */
  whole: BreakdownRow | null;
  byChannel: BreakdownRow[];
  /** Of a site's campaigns, by their int; empty when one campaign was asked for. */
  byCampaign: BreakdownRow[];
  /** Of the whole site: the caller narrows it to its campaign. */
  credit: DayCredit[];
  /** As entered: what deals come to is still to be worked out. */
  spend: SpendEntry[];
  deals: Deal[];
  rates: StoredRate[];
  refunds: RefundDay[];
  campaigns: CampaignName[];
  currency: string;
  marginPercent: number | null;
  timeZone: string;
  version: string;
  /** Since when hours or days wait to be rolled up; null when all is told. */
  staleSince: string | null;
};

/** Events may come in between two reads; on a busy site a few tries find a moment without. */
const MAX_TRIES = 3;

/**
 * Everything a screen of figures is made of, null for a site that is not there: one round trip, and two more where credit
 * is not kept yet. When data came in between them all is read again, so that figures and credit are of one version;
 * where data never holds still, the last try stands.
 */
export async function loadAnalytics(
  db: Database,
  question: AnalyticsQuestion,
): Promise<AnalyticsFacts | null> {
  let facts: AnalyticsFacts | null = null;
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each try is a reaction to the one before.
    const tried = await readFacts(db, question);
    if (tried === null) return null;
    ({ facts } = tried);
    if (tried.versionAfter === null || tried.versionAfter === facts.version) break;
  }
  return facts;
}

async function readFacts(
  db: Database,
  question: AnalyticsQuestion,
): Promise<{ facts: AnalyticsFacts; versionAfter: string | null } | null> {
  const { siteId, from, to, versionFrom, ratesFrom } = question;
  const isShort = daysBetween(from, to) < HOURLY_RANGE_DAYS;
  const [version, days, whole, byChannel, byCampaign, kept, spend, deals, rates, refunds, campaigns] =
    await db.batch([
      db.execute<VersionRow>(dataVersion(siteId, versionFrom, to)),
      db.execute<TrafficDay>(isShort ? trafficHours(question) : trafficDays(question)),
      db.execute<RawBreakdownRow>(traffic(question, "all")),
      db.execute<RawBreakdownRow>(traffic(question, "channel")),
      db.execute<RawBreakdownRow>(traffic(question, "campaign")),
      db.execute<RawCreditDay>(creditDays(question)),
      db.execute<SpendSqlRow>(spendRows(siteId, from, to)),
      db.execute<RawDeal>(dealsOf(siteId, from, to)),
      db.execute<RawRate>(ratesInUse({ siteId, from: ratesFrom, to, currency: question.currency })),
      db.execute<RawRefund>(refundTotals(siteId, from, to)),
      db.execute<RawCampaign>(campaignNames(siteId)),
    ]);
  const [site] = version.rows;
  if (!site) return null;
  const { credit, versionAfter } = await loadCredit(db, question, readCreditDays(kept.rows));
  const facts = {
    days: days.rows,
    whole: readBreakdownRows(whole.rows)[0] ?? null,
    byChannel: readBreakdownRows(byChannel.rows),
    byCampaign: readBreakdownRows(byCampaign.rows),
    credit,
    spend: spend.rows.map(spendEntry),
    deals: readDeals(deals.rows),
    rates: readRates(rates.rows),
    refunds: refunds.rows.map(({ refund_minor: minor, ...row }) => ({ ...row, refundMinor: Number(minor) })),
    campaigns: campaigns.rows.map(campaignName),
    currency: question.currency ?? site.currency,
    marginPercent: site.margin_percent,
    timeZone: site.time_zone,
    version: site.version,
    staleSince: site.stale_since,
  };
  return { facts, versionAfter };
}

/** Traffic of the question's scope by one dimension; money is credit here and comes from elsewhere. */
function traffic({ siteId, campaignId, from, to }: AnalyticsQuestion, dimension: Dimension | "all") {
  return breakdownRows({
    siteId,
    from,
    to,
    scope: campaignId === null ? "site" : "campaign",
    scopeKey: campaignId === null ? "" : String(campaignId),
    dimension,
    currency: "",
    sort: "visitors",
    limit: MOST_VALUES + 1,
    after: null,
  });
}

type VersionRow = {
  currency: string;
  time_zone: string;
  margin_percent: number | null;
  version: string;
  stale_since: string | null;
};
type RawRefund = { day: string; currency: string; refund_minor: string };
type RawCampaign = Omit<CampaignName, "publicId" | "marginPercent"> & {
  public_id: string;
  margin_percent: number | null;
};
export type SpendSqlRow = {
  day: string;
  campaign_id: number;
  source: string;
  currency: string;
  amount_minor: string;
  note: string | null;
};

export function spendEntry({
  campaign_id: campaignId,
  amount_minor: minor,
  ...row
}: SpendSqlRow): SpendEntry {
  return { ...row, campaignId, amountMinor: Number(minor) };
}

function campaignName({
  public_id: publicId,
  margin_percent: marginPercent,
  ...rest
}: RawCampaign): CampaignName {
  return { ...rest, publicId, marginPercent };
}
