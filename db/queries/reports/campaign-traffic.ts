import { HOURLY_RANGE_DAYS, MOST_VALUES } from "#core/rollup/dimensions.ts";
import { daysBetween } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import {
  breakdownRows,
  readBreakdownRows,
  type BreakdownRow,
  type RawBreakdownRow,
} from "#db/queries/analytics/breakdown-rows.ts";
import { trafficDays, trafficHours, type TrafficDay } from "#db/queries/analytics/traffic.ts";

/** The traffic of one campaign, its visitors still to be united. */
export type CampaignTraffic = {
  campaignId: number;
  days: TrafficDay[];
  /** Null without traffic. */
  whole: BreakdownRow | null;
  byChannel: BreakdownRow[];
};

export type CampaignTrafficQuestion = {
  siteId: number;
  campaignIds: readonly number[];
  from: string;
  to: string;
};

/** The traffic of some campaigns of a site, as their own pages have it, in one round trip. */
export async function loadCampaignTraffic(
  db: Database,
  { siteId, campaignIds, from, to }: CampaignTrafficQuestion,
): Promise<CampaignTraffic[]> {
  const isShort = daysBetween(from, to) < HOURLY_RANGE_DAYS;
  const statements = campaignIds.flatMap((campaignId) => {
    const question = { siteId, campaignId, from, to };
    const breakdown = (dimension: "all" | "channel") =>
      breakdownRows({
        ...question,
        scope: "campaign",
        scopeKey: String(campaignId),
        dimension,
        currency: "",
        sort: "visitors",
        limit: MOST_VALUES + 1,
        after: null,
      });
    return [
      isShort ? trafficHours(question) : trafficDays(question),
      breakdown("all"),
      breakdown("channel"),
    ].map((statement) => db.execute(statement));
  });
  const [first, ...more] = statements;
  if (!first) return [];
  const answers = await db.batch([first, ...more]);
  return campaignIds.map((campaignId, i) => {
    const rows = (n: number) => (answers[3 * i + n]?.rows ?? []) as unknown[];
    return {
      campaignId,
      days: rows(0) as TrafficDay[],
      whole: readBreakdownRows(rows(1) as RawBreakdownRow[])[0] ?? null,
      byChannel: readBreakdownRows(rows(2) as RawBreakdownRow[]),
    };
  });
}
