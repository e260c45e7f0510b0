import { asc, eq, gt, isNull, and } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { links } from "#db/schema/site/links.ts";
import { sites } from "#db/schema/site/sites.ts";

const PAGE = 5_000;

/** Every site of this database as the edge must know it, read page by page. Takes no site: it serves a cron. */
export async function selectEdgeSites(db: Database) {
  return await allPages((afterId) =>
    db
      .select({
        id: sites.id,
        siteKey: sites.siteKey,
        domain: sites.domain,
        origins: sites.origins,
        currency: sites.currency,
        identity: sites.identity,
        consentRequired: sites.consentRequired,
        withoutConsent: sites.withoutConsent,
        honourGpc: sites.honourGpc,
        honourDnt: sites.honourDnt,
        identifyKey: sites.identifyKey,
        silent: sites.silent,
      })
      .from(sites)
      .where(gt(sites.id, afterId))
      .orderBy(asc(sites.id))
      .limit(PAGE),
  );
}

/** Every short link of this database that still redirects, read page by page. Takes no site: it serves a cron. */
export async function selectEdgeLinks(db: Database) {
  return await allPages((afterId) =>
    db
      .select({
        id: links.id,
        siteId: links.siteId,
        siteKey: sites.siteKey,
        slug: links.slug,
        destination: links.destination,
      })
      .from(links)
      .innerJoin(sites, eq(sites.id, links.siteId))
      .where(and(gt(links.id, afterId), isNull(links.archivedAt)))
      .orderBy(asc(links.id))
      .limit(PAGE),
  );
}

async function allPages<Row extends { id: number }>(readPage: (afterId: number) => Promise<Row[]>) {
  const rows: Row[] = [];
  for (;;) {
    const page = await readPage(rows.at(-1)?.id ?? 0);
    rows.push(...page);
    if (page.length < PAGE) return rows;
  }
}
