import { sql } from "drizzle-orm";

import { halfHour } from "#db/schema/columns.ts";
import { sites } from "#db/schema/site/sites.ts";

/** A site with the time of its latest event: two index probes a partition, none before the first event. */
export const siteColumns = {
  siteId: sites.id,
  publicId: sites.publicId,
  siteKey: sites.siteKey,
  name: sites.name,
  domain: sites.domain,
  origins: sites.origins,
  ownDomains: sites.ownDomains,
  timeZone: sites.timeZone,
  currency: sites.currency,
  identity: sites.identity,
  consentRequired: sites.consentRequired,
  withoutConsent: sites.withoutConsent,
  honourGpc: sites.honourGpc,
  honourDnt: sites.honourDnt,
  identifyKey: sites.identifyKey,
  silent: sites.silent,
  marginPercent: sites.marginPercent,
  createdAt: sites.createdAt,
  firstEventAt: sites.firstEventAt,
  lastEventAt: sql<Date | null>`case when ${sites.firstEventAt} is not null then
    (select max(e.occurred_at) from site.events e where e.site_id = ${sites.id} and ${halfHour(sql`e.occurred_at`)} =
      (select max(${halfHour(sql`l.occurred_at`)}) from site.events l where l.site_id = ${sites.id})) end`.mapWith(
    sites.createdAt,
  ),
};

type SiteRow = typeof sites.$inferSelect;
type Kept = Exclude<keyof typeof siteColumns, "siteId" | "lastEventAt">;
export type SiteRecord = { siteId: number; lastEventAt: Date | null } & Pick<SiteRow, Kept>;
