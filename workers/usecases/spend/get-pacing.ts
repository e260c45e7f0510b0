import type { PacingAnswer, PacingRow } from "#contract/spend.ts";
import { pacingOf } from "#core/roi/pacing.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import { listBudgets, type CampaignBudget } from "#db/queries/campaigns/list-budgets.ts";
import { MAX_RANGE_DAYS } from "#usecases/analytics/analytics-input.ts";
import { spendOf } from "#usecases/analytics/figures.ts";
import type { Deps } from "#usecases/deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { settleEntries, spendLedger, type Ledger } from "./spend-ledger.ts";

/** A budget without a first day is counted from this long ago. */
const OPEN_FLIGHT_DAYS = 366;

/**
 * Spend to date of every campaign with a budget against the elapsed share of its flight, in the campaign's currency; as
 * of today, or of an earlier day.
 */
export async function getPacing(
  deps: Pick<Deps, "databases" | "clock">,
  site: Pick<SiteRef, "siteId" | "publicId" | "timeZone" | "database">,
  asOf?: string,
): Promise<PacingAnswer> {
  const { siteId, timeZone } = site;
  const db = deps.databases.named(site.database);
  const now = deps.clock.now();
  const thisDay = siteDay(now.getTime(), timeZone);
  const today = asOf !== undefined && asOf < thisDay ? asOf : thisDay;
  const campaigns = await listBudgets(db, siteId);
  const starts = campaigns.map((campaign) => firstDay(campaign, today));
  const from = starts.reduce((first, start) => (start < first ? start : first), today);
  const ledger = await spendLedger(db, { siteId, timeZone, from, to: today, now });
  return {
    siteId: site.publicId,
    today,
    items: campaigns.map((campaign) => pacingRow(campaign, { ledger, today })),
    next: null,
  };
}

function firstDay({ startsOn }: CampaignBudget, today: string): string {
  const earliest = addDays(today, 1 - MAX_RANGE_DAYS);
  const start = startsOn ?? addDays(today, -OPEN_FLIGHT_DAYS);
  return start < earliest ? earliest : start;
}

function pacingRow(
  campaign: CampaignBudget,
  { ledger, today }: { ledger: Ledger; today: string },
): PacingRow {
  const { startsOn, endsOn, budgetMinor, currency } = campaign;
  const start = firstDay(campaign, today);
  const entries = ledger.entries.filter(({ campaignId, day }) => campaignId === campaign.id && day >= start);
  const settled = [...settleEntries({ ...ledger, entries }, currency).values()];
  const { spendMinor, isSpendForeign } = spendOf(settled, currency);
  return {
    campaignId: campaign.publicId,
    name: campaign.name,
    status: campaign.status,
    startsOn,
    endsOn,
    currency,
    budgetMinor,
    spentMinor: spendMinor,
    ...pacingOf({ startsOn, endsOn, budgetMinor, spentMinor: spendMinor, isSpendForeign, today }),
  };
}
