import { eq, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reportDeliveries } from "#db/schema/site/report-deliveries.ts";

/** Keeps the token of the link that a mail carries, unless one is kept already; answers the one that is. */
export async function keepShareToken(
  db: Database,
  { id, token }: { id: number; token: string },
): Promise<string> {
  const rows = await db
    .update(reportDeliveries)
    .set({ shareToken: sql`coalesce(${reportDeliveries.shareToken}, ${token})` })
    .where(eq(reportDeliveries.id, id))
    .returning({ token: reportDeliveries.shareToken });
  return rows[0]?.token ?? token;
}
