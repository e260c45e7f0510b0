import { and, eq, isNull } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { userMetrics } from "#db/schema/control/user-metrics.ts";

/** Remembers when a user made their first campaign, once: the end of TTFV (product.md §11). Control database. */
export async function noteFirstCampaign(
  control: Database,
  { userId, at }: { userId: number; at: Date },
): Promise<void> {
  await control
    .update(userMetrics)
    .set({ firstCampaignAt: at })
    .where(and(eq(userMetrics.userId, userId), isNull(userMetrics.firstCampaignAt)));
}
