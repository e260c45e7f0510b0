import { and, eq, isNull } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { userMetrics } from "#db/schema/control/user-metrics.ts";

/** Remembers when a user's first report was delivered, once (product.md §11). Control database. */
export async function noteFirstDelivery(
  control: Database,
  { userId, at }: { userId: number; at: Date },
): Promise<void> {
  await control
    .update(userMetrics)
    .set({ firstReportDeliveredAt: at })
    .where(and(eq(userMetrics.userId, userId), isNull(userMetrics.firstReportDeliveredAt)));
}
