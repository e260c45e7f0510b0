import { and, eq, isNull } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { auditInsert, type AuditEntry } from "#db/queries/accounts/record-audit.ts";
import { siteDirectory } from "#db/schema/control/site-directory.ts";
import { userMetrics } from "#db/schema/control/user-metrics.ts";

export type ReservedSite = { accountId: number; publicId: string; siteKey: string; createdAt: Date };

/** Allocates a site's int in the directory (decisions 4); nobody sees the site before its own row is there. */
export async function reserveSite(control: Database, site: ReservedSite): Promise<number> {
  const [row] = await control.insert(siteDirectory).values(site).returning({ siteId: siteDirectory.siteId });
  if (!row) throw new Error("The site directory gave no id");
  return row.siteId;
}

/** Takes a reservation back whose site could not be made. */
export async function releaseSite(control: Database, siteId: number): Promise<void> {
  await control.delete(siteDirectory).where(eq(siteDirectory.siteId, siteId));
}

/** Notes a new site in the audit log and, if it is the user's first, in their metrics. */
export async function noteNewSite(control: Database, audit: AuditEntry): Promise<void> {
  await control.batch([
    auditInsert(control, audit),
    control
      .update(userMetrics)
      .set({ firstSiteAt: audit.at })
      .where(and(eq(userMetrics.userId, audit.userId ?? 0), isNull(userMetrics.firstSiteAt))),
  ]);
}
