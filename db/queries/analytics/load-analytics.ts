import type { BatchResponse } from "drizzle-orm/batch";

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
  /** Whether traffic is asked for by campaign too, which a site may have thousands of; absent: yes. */
  isByCampaign?: boolean | undefined;
};

export type AnalyticsFacts = {
  days: TrafficDay[];
  /** The range as a whole; null without traffic. Its counts are those of the rollups of days. */
  whole: BreakdownRow | null;
  byChannel: BreakdownRow[];
  /** Of a site's campaigns, by their int; empty when one campaign was asked for, or none of them was. */
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
  const [facts = null] = await loadAnalyticsOf(db, [question]);
  return facts;
}

/** The same of several questions, in their order: one round trip for all of them, eleven statements each. */
export async function loadAnalyticsOf(
  db: Database,
  questions: readonly AnalyticsQuestion[],
  tries: number = MAX_TRIES,
): Promise<(AnalyticsFacts | null)[]> {
  const read = await readFacts(db, questions);
  const isTorn = (one: ReadFacts | null) =>
    one !== null && one.versionAfter !== null && one.versionAfter !== one.facts.version;
  const torn = questions.filter((_, at) => isTorn(read[at] ?? null));
  const again = torn.length === 0 || tries <= 1 ? null : await loadAnalyticsOf(db, torn, tries - 1);
  if (again === null) return read.map((one) => one && one.facts);
  const rest = again.values();
  return read.map((one) => (isTorn(one) ? (rest.next().value ?? null) : one && one.facts));
}

type ReadFacts = { facts: AnalyticsFacts; versionAfter: string | null };

/** The statements of one question, in an order that their answers have too. */
function statementsOf(db: Database, question: AnalyticsQuestion) {
  const { siteId, from, to, versionFrom, ratesFrom, currency, isByCampaign = true } = question;
  const isShort = daysBetween(from, to) < HOURLY_RANGE_DAYS;
  return [
    db.execute<VersionRow>(dataVersion(siteId, versionFrom, to)),
    db.execute<TrafficDay>(isShort ? trafficHours(question) : trafficDays(question)),
    db.execute<RawBreakdownRow>(traffic(question, "all")),
    db.execute<RawBreakdownRow>(traffic(question, "channel")),
    db.execute<RawCreditDay>(creditDays(question)),
    db.execute<SpendSqlRow>(spendRows(siteId, from, to)),
    db.execute<RawDeal>(dealsOf(siteId, from, to)),
    db.execute<RawRate>(ratesInUse({ siteId, from: ratesFrom, to, currency })),
    db.execute<RawRefund>(refundTotals(siteId, from, to)),
    db.execute<RawCampaign>(campaignNames(siteId)),
    ...(isByCampaign ? [db.execute<RawBreakdownRow>(traffic(question, "campaign"))] : []),
  ] as const;
}

type Statements = ReturnType<typeof statementsOf>;
type Answers = BatchResponse<Statements>;

async function readFacts(
  db: Database,
  questions: readonly AnalyticsQuestion[],
): Promise<(ReadFacts | null)[]> {
  const statements = questions.map((question) => statementsOf(db, question));
  const [first, ...more] = statements.flat();
  if (first === undefined) return [];
  const answers: unknown[] = await db.batch([first, ...more]);
  const ofQuestion = statements.map(({ length }) => answers.splice(0, length) as unknown as Answers);
  return await Promise.all(
    questions.map(async (question, index) => {
      const own = ofQuestion[index];
      return own === undefined ? null : await factsOf(db, question, own);
    }),
  );
}

async function factsOf(
  db: Database,
  question: AnalyticsQuestion,
  answers: Answers,
): Promise<ReadFacts | null> {
  const [version, days, whole, byChannel, kept, spend, deals, rates, refunds, campaigns, byCampaign] =
    answers;
  const [site] = version.rows;
  if (!site) return null;
  const { credit, versionAfter } = await loadCredit(db, question, readCreditDays(kept.rows));
  const facts = {
    days: days.rows,
    whole: readBreakdownRows(whole.rows)[0] ?? null,
    byChannel: readBreakdownRows(byChannel.rows),
    byCampaign: readBreakdownRows(byCampaign?.rows ?? []),
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
