import type { DayCredit } from "#core/attribution/credit.ts";
import type { Database } from "#db/database.ts";
import { creditRows, readCreditRows } from "#db/queries/attribution/credit-rows.ts";
import {
  campaignNames,
  dataVersion,
  refundTotals,
  spendRows,
  trafficByGroup,
  trafficDays,
  type TrafficDay,
} from "./traffic.ts";

export type { TrafficDay } from "./traffic.ts";

export type GroupTraffic = {
  key: string;
  impressions: number;
  clicks: number;
  sessions: number;
  visitors: number;
};
export type SpendDay = { day: string; campaignId: number; currency: string; amountMinor: number };
export type CampaignName = {
  id: number;
  publicId: string;
  name: string;
  channel: string;
  status: "draft" | "active" | "paused" | "completed";
  currency: string;
};

export type AnalyticsQuestion = {
  siteId: number;
  /** Null: the whole site. */
  campaignId: number | null;
  from: string;
  to: string;
  /** First day whose facts can change the result: `from − lookback`. */
  versionFrom: string;
  lookbackDays: number;
  direct: "keep" | "exclude_unless_only";
};

export type AnalyticsFacts = {
  days: TrafficDay[];
  whole: Omit<TrafficDay, "day">;
  byChannel: GroupTraffic[];
  byCampaign: GroupTraffic[];
  /** Of the whole site: the caller narrows it to its campaign. */
  credit: DayCredit[];
  spend: SpendDay[];
  refunds: { currency: string; refundMinor: number }[];
  campaigns: CampaignName[];
  currency: string;
  timeZone: string;
  version: string;
  /** Since when hours wait to be rolled up; null when all is told. */
  staleSince: string | null;
};

const NOTHING = { impressions: 0, clicks: 0, pageviews: 0, sessions: 0, visitors: 0 };

/** Everything a screen of figures is made of, in one round trip; null for a site that is not there. */
export async function loadAnalytics(
  db: Database,
  question: AnalyticsQuestion,
): Promise<AnalyticsFacts | null> {
  const { siteId, from, to, versionFrom } = question;
  const [version, days, byChannel, byCampaign, credit, spend, refunds, campaigns] = await db.batch([
    db.execute<VersionRow>(dataVersion(siteId, versionFrom, to)),
    db.execute<TrafficRow>(trafficDays(question)),
    db.execute<GroupTraffic>(trafficByGroup({ ...question, by: "channel" })),
    db.execute<GroupTraffic>(trafficByGroup({ ...question, campaignId: null, by: "campaign" })),
    db.execute(creditRows(question)),
    db.execute<SpendSqlRow>(spendRows(siteId, from, to)),
    db.execute<{ currency: string; refund_minor: string }>(refundTotals(siteId, from, to)),
    db.execute<Omit<CampaignName, "publicId"> & { public_id: string }>(campaignNames(siteId)),
  ]);
  const [site] = version.rows;
  if (!site) return null;
  return {
    ...trafficOf(days.rows),
    byChannel: byChannel.rows,
    byCampaign: byCampaign.rows,
    credit: readCreditRows(credit.rows),
    spend: spend.rows.map(spendDay),
    refunds: refunds.rows.map((row) => ({ currency: row.currency, refundMinor: Number(row.refund_minor) })),
    campaigns: campaigns.rows.map(({ public_id: publicId, ...rest }) => ({ ...rest, publicId })),
    currency: site.currency,
    timeZone: site.time_zone,
    version: site.version,
    staleSince: site.stale_since,
  };
}

type VersionRow = { currency: string; time_zone: string; version: string; stale_since: string | null };
type TrafficRow = Omit<TrafficDay, "day"> & { day: string | null };
type SpendSqlRow = { day: string; campaign_id: number; currency: string; amount_minor: string };

/** The row without a day is the range as a whole. */
function trafficOf(rows: readonly TrafficRow[]): Pick<AnalyticsFacts, "days" | "whole"> {
  const days = rows.flatMap(({ day, ...rest }) => (day === null ? [] : [{ day, ...rest }]));
  const { day: _, ...whole } = rows.find((row) => row.day === null) ?? { ...NOTHING, day: null };
  return { days, whole };
}

function spendDay(row: SpendSqlRow): SpendDay {
  return {
    day: row.day,
    campaignId: row.campaign_id,
    currency: row.currency,
    amountMinor: Number(row.amount_minor),
  };
}
