import { and, eq } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { sites } from "#db/schema/site/sites.ts";

/** What nearly every use case needs to know of one site of the account; null when there is none. */
export async function selectSiteRef(db: Database, wanted: { accountId: number; publicId: string }) {
  const rows = await db
    .select({
      siteId: sites.id,
      publicId: sites.publicId,
      accountId: sites.accountId,
      siteKey: sites.siteKey,
      name: sites.name,
      domain: sites.domain,
      timeZone: sites.timeZone,
      currency: sites.currency,
    })
    .from(sites)
    .where(and(eq(sites.publicId, wanted.publicId), eq(sites.accountId, wanted.accountId)));
  return rows[0] ?? null;
}
