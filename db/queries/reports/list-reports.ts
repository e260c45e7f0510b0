import { and, desc, eq, isNull, lt } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { campaigns } from "#db/schema/site/campaigns.ts";
import { reports } from "#db/schema/site/reports.ts";
import { sites } from "#db/schema/site/sites.ts";
import { reportColumns, type ReportRecord } from "./report-record.ts";

export type ReportFilter = {
  siteId: number;
  campaignId: number | null;
  /** Id of the last report of the page before; null for the first page. */
  afterId: number | null;
  limit: number;
};

/** A site's reports that are not deleted, newest first. */
export async function listReports(db: Database, filter: ReportFilter): Promise<ReportRecord[]> {
  return await db
    .select(reportColumns)
    .from(reports)
    .innerJoin(sites, eq(sites.id, reports.siteId))
    .leftJoin(campaigns, eq(campaigns.id, reports.campaignId))
    .where(
      and(
        eq(reports.siteId, filter.siteId),
        isNull(reports.deletedAt),
        filter.campaignId === null ? undefined : eq(reports.campaignId, filter.campaignId),
        filter.afterId === null ? undefined : lt(reports.id, filter.afterId),
      ),
    )
    .orderBy(desc(reports.id))
    .limit(filter.limit);
}
