import type { Result } from "#core/result.ts";
import { findCampaignNames } from "#db/queries/campaigns/find-campaign.ts";
import { listReportSites } from "#db/queries/reports/report-sites.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { loadReportSettings } from "#usecases/report-settings/load-report-settings.ts";
import {
  settleOrder,
  type OrderAccount,
  type OrderFacts,
  type OrderRefusal,
  type ReportQuestion,
  type ResolvedOrder,
} from "./settle-order.ts";

/** Looks up what an order needs to know, and settles what it leaves open. */
export async function resolveOrder(
  deps: Pick<Deps, "databases" | "clock">,
  account: OrderAccount,
  question: ReportQuestion,
): Promise<Result<ResolvedOrder, OrderRefusal>> {
  return settleOrder(account, question, await factsOf(deps, account, question));
}

async function factsOf(
  deps: Pick<Deps, "databases" | "clock">,
  { accountId, database }: OrderAccount,
  { siteId, campaignIds = [] }: ReportQuestion,
): Promise<OrderFacts> {
  const db = deps.databases.named(database);
  const [sites, settings] = await Promise.all([
    listReportSites(db, { accountId, siteId: null }),
    loadReportSettings(controlDatabase(deps), accountId),
  ]);
  const site = sites.find(({ publicId }) => publicId === siteId);
  const campaigns =
    site === undefined || campaignIds.length === 0
      ? []
      : await findCampaignNames(db, { siteId: site.siteId, publicIds: campaignIds });
  return { sites, campaigns, settings, nowMs: deps.clock.now().getTime() };
}
