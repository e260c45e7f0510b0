import { and, desc, eq, isNull, lt } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { raiseMatcherVersion } from "#db/queries/campaigns/raise-versions.ts";
import { campaigns } from "#db/schema/site/campaigns.ts";
import { links } from "#db/schema/site/links.ts";
import { sites } from "#db/schema/site/sites.ts";

export type LinkRecord = {
  id: number;
  publicId: string;
  siteId: number;
  slug: string;
  destination: string;
  campaignPublicId: string | null;
  campaignName: string | null;
  note: string | null;
  createdAt: Date;
  archivedAt: Date | null;
};

const linkColumns = {
  id: links.id,
  publicId: links.publicId,
  siteId: links.siteId,
  slug: links.slug,
  destination: links.destination,
  campaignPublicId: campaigns.publicId,
  campaignName: campaigns.name,
  note: links.note,
  createdAt: links.createdAt,
  archivedAt: links.archivedAt,
};

export type LinkFilter = {
  siteId: number;
  campaignId: number | null;
  /** Id of the last link of the page before; null for the first page. */
  afterId: number | null;
  limit: number;
};

/** A site's links that are not archived, newest first. */
export async function listLinks(db: Database, filter: LinkFilter): Promise<LinkRecord[]> {
  return await db
    .select(linkColumns)
    .from(links)
    .leftJoin(campaigns, eq(campaigns.id, links.campaignId))
    .where(
      and(
        eq(links.siteId, filter.siteId),
        isNull(links.archivedAt),
        filter.campaignId === null ? undefined : eq(links.campaignId, filter.campaignId),
        filter.afterId === null ? undefined : lt(links.id, filter.afterId),
      ),
    )
    .orderBy(desc(links.id))
    .limit(filter.limit);
}

/** A link of any of the account's sites, archived or not; null when the account has none of that id. */
export async function findLink(
  db: Database,
  { accountId, publicId }: { accountId: number; publicId: string },
): Promise<LinkRecord | null> {
  const rows = await db
    .select(linkColumns)
    .from(links)
    .innerJoin(sites, eq(sites.id, links.siteId))
    .leftJoin(campaigns, eq(campaigns.id, links.campaignId))
    .where(and(eq(sites.accountId, accountId), eq(links.publicId, publicId)));
  return rows[0] ?? null;
}

export type NewLink = Pick<
  LinkRecord,
  "publicId" | "siteId" | "slug" | "destination" | "note" | "createdAt"
> & {
  campaignId: number | null;
};

/** Writes a link whose slug is reserved; a campaign's link raises the matcher version in the same transaction. */
export async function insertLink(db: Database, link: NewLink): Promise<void> {
  const insert = db.insert(links).values(link);
  if (link.campaignId === null) {
    await insert;
    return;
  }
  await db.batch([insert, db.execute(raiseMatcherVersion(link.siteId))]);
}

/** Archives a link; its past clicks stay with its campaign. A second time changes nothing. */
export async function archiveLink(
  db: Database,
  { siteId, id, at }: { siteId: number; id: number; at: Date },
): Promise<void> {
  await db
    .update(links)
    .set({ archivedAt: at })
    .where(and(eq(links.siteId, siteId), eq(links.id, id), isNull(links.archivedAt)));
}
