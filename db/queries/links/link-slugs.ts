import { and, eq } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { linkSlugs } from "#db/schema/control/link-slugs.ts";

/** Takes a slug for a site, in the control database; false when it is taken. */
export async function reserveSlug(
  control: Database,
  { slug, siteId, at }: { slug: string; siteId: number; at: Date },
): Promise<boolean> {
  const rows = await control
    .insert(linkSlugs)
    .values({ slug, siteId, createdAt: at })
    .onConflictDoNothing()
    .returning({ slug: linkSlugs.slug });
  return rows.length > 0;
}

/** Gives a slug back that no link came to use. */
export async function releaseSlug(
  control: Database,
  { slug, siteId }: { slug: string; siteId: number },
): Promise<void> {
  await control.delete(linkSlugs).where(and(eq(linkSlugs.slug, slug), eq(linkSlugs.siteId, siteId)));
}
