import { and, eq, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { pgCode } from "#db/pg-error.ts";
import { remarkDays } from "#db/queries/rollups/stale-periods.ts";
import { sites } from "#db/schema/site/sites.ts";
import { noteRebuild } from "./rebuild-zone.ts";

const INVALID_PARAMETER_VALUE = "22023";

export type SiteRow = typeof sites.$inferSelect;
type NewSite = typeof sites.$inferInsert;
export type SiteChanges = Partial<Omit<NewSite, "id" | "accountId" | "publicId" | "siteKey">>;

/** Makes the site's row under the int that the directory allocated. */
export async function insertSite(db: Database, site: NewSite): Promise<void> {
  await db.insert(sites).values(site);
}

/**
 * Changes a site. A new time zone moves the borders of hours and days: that its hours are to be cut anew is noted in the
 * same transaction, and done part by part (`rebuildZonePart`).
 */
export async function updateSite(
  db: Database,
  site: { siteId: number; accountId: number; now: Date },
  changes: SiteChanges,
): Promise<void> {
  const isThisSite = and(eq(sites.id, site.siteId), eq(sites.accountId, site.accountId));
  // Profit is of what is shown: a new margin is a new version of it.
  const raised = "marginPercent" in changes ? { spendVersion: sql`${sites.spendVersion} + 1` } : {};
  const update = db
    .update(sites)
    .set({ ...changes, ...raised })
    .where(isThisSite);
  if (changes.timeZone === undefined) {
    await update;
    return;
  }
  // The seal is a border of the old zone, so the note is written before the zone.
  await db.batch([db.execute(noteRebuild(site)), update, db.execute(remarkDays(site.siteId))]);
}

/** Whether Postgres, too, knows the zone: it is Postgres that draws the borders of days. */
export async function isZoneOfPostgres(db: Database, timeZone: string): Promise<boolean> {
  try {
    await db.execute(sql`select now() at time zone ${timeZone}`);
    return true;
  } catch (error) {
    if (pgCode(error) === INVALID_PARAMETER_VALUE) return false;
    throw error;
  }
}
