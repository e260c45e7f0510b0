import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { campaigns } from "#db/schema/site/campaigns.ts";

/** Every campaign of a site that has a target CPA and is not archived. */
export async function listTargets(db: Database, siteId: number) {
  return await db
    .select({
      publicId: campaigns.publicId,
      name: campaigns.name,
      status: campaigns.status,
      targetCpaMinor: campaigns.targetCpaMinor,
      currency: campaigns.currency,
    })
    .from(campaigns)
    .where(
      and(eq(campaigns.siteId, siteId), isNotNull(campaigns.targetCpaMinor), isNull(campaigns.archivedAt)),
    )
    .orderBy(asc(campaigns.id));
}
