import { and, eq, isNull } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { campaigns } from "#db/schema/site/campaigns.ts";
import { reports } from "#db/schema/site/reports.ts";
import { sites } from "#db/schema/site/sites.ts";
import { reportColumns, type ReportRecord } from "./report-record.ts";

/** A report of any of the account's sites that is not deleted; null when the account has none of that id. */
export async function findReport(
  db: Database,
  { accountId, publicId }: { accountId: number; publicId: string },
): Promise<ReportRecord | null> {
  const rows = await db
    .select(reportColumns)
    .from(reports)
    .innerJoin(sites, eq(sites.id, reports.siteId))
    .leftJoin(campaigns, eq(campaigns.id, reports.campaignId))
    .where(and(eq(sites.accountId, accountId), eq(reports.publicId, publicId), isNull(reports.deletedAt)));
  return rows[0] ?? null;
}

export type ReportSite = {
  siteId: number;
  publicId: string;
  accountId: number;
  name: string;
  timeZone: string;
};

export type ReportWork = { report: ReportRecord; site: ReportSite; deletedAt: Date | null };

/** A report with what building it needs to know of its site; null when there is none of that id. For jobs only. */
export async function findReportWork(db: Database, publicId: string): Promise<ReportWork | null> {
  const rows = await db
    .select({
      report: reportColumns,
      site: {
        siteId: sites.id,
        publicId: sites.publicId,
        accountId: sites.accountId,
        name: sites.name,
        timeZone: sites.timeZone,
      },
      deletedAt: reports.deletedAt,
    })
    .from(reports)
    .innerJoin(sites, eq(sites.id, reports.siteId))
    .leftJoin(campaigns, eq(campaigns.id, reports.campaignId))
    .where(eq(reports.publicId, publicId));
  return rows[0] ?? null;
}
