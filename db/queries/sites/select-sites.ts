import { and, asc, eq, gt } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { sites } from "#db/schema/site/sites.ts";
import { siteColumns, type SiteRecord } from "./site-record.ts";

/** A page of the account's sites in the order they were made, one more than a page shows. */
export async function selectSites(
  db: Database,
  wanted: { accountId: number; afterId: number | null; limit: number },
): Promise<SiteRecord[]> {
  return await db
    .select(siteColumns)
    .from(sites)
    .where(
      and(
        eq(sites.accountId, wanted.accountId),
        wanted.afterId === null ? undefined : gt(sites.id, wanted.afterId),
      ),
    )
    .orderBy(asc(sites.id))
    .limit(wanted.limit);
}

/** One site of the account; null when there is none. */
export async function selectSite(
  db: Database,
  wanted: { accountId: number; publicId: string },
): Promise<SiteRecord | null> {
  const rows = await db
    .select(siteColumns)
    .from(sites)
    .where(and(eq(sites.publicId, wanted.publicId), eq(sites.accountId, wanted.accountId)));
  return rows[0] ?? null;
}
