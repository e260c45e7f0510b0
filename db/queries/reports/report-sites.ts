import { and, asc, eq, inArray } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { sites } from "#db/schema/site/sites.ts";

export type ReportSite = {
  siteId: number;
  publicId: string;
  accountId: number;
  name: string;
  timeZone: string;
  currency: string;
};

/** A site of the account, or all of them in the order they were made: what a report is about. */
export async function listReportSites(
  db: Database,
  { accountId, siteId }: { accountId: number; siteId: number | null },
): Promise<ReportSite[]> {
  return await db
    .select(columns)
    .from(sites)
    .where(and(eq(sites.accountId, accountId), siteId === null ? undefined : eq(sites.id, siteId)))
    .orderBy(asc(sites.id));
}

/** The sites of several accounts, each account's in the order they were made. For jobs only. */
export async function listSitesOfAccounts(
  db: Database,
  accountIds: readonly number[],
): Promise<ReportSite[]> {
  return await db
    .select(columns)
    .from(sites)
    .where(inArray(sites.accountId, [...accountIds]))
    .orderBy(asc(sites.id));
}

const columns = {
  siteId: sites.id,
  publicId: sites.publicId,
  accountId: sites.accountId,
  name: sites.name,
  timeZone: sites.timeZone,
  currency: sites.currency,
};
