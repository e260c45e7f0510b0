import { and, eq, sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { campaigns } from "#db/schema/site/campaigns.ts";
import type { CampaignRecord, MatcherRecord } from "./campaign-record.ts";
import { raiseMatcherVersion, raiseSpendVersion } from "./raise-versions.ts";

export type NewCampaign = Omit<CampaignRecord, "id" | "sitePublicId" | "updatedAt" | "archivedAt">;

/**
 * Writes a campaign and its matchers and raises the site's matcher version, all or nothing. Throws with the constraint
 * `campaigns_site_name_key` when the name is taken, `campaign_matchers_value_key` when a matcher is.
 */
export async function insertCampaign(db: Database, campaign: NewCampaign): Promise<void> {
  await db.batch([
    db.insert(campaigns).values({ ...withoutMatchers(campaign), updatedAt: campaign.createdAt }),
    db.execute(addMatchers(campaign)),
    db.execute(raiseMatcherVersion(campaign.siteId)),
  ]);
}

export type CampaignChanges = Partial<
  Omit<CampaignRecord, "id" | "publicId" | "siteId" | "sitePublicId" | "createdAt" | "updatedAt">
>;

/**
 * Writes the changed fields; `matchers` is the whole new set. Where they change what campaigns answer to, the matcher
 * version is raised in the same transaction. Throws as `insertCampaign` does, and with
 * `campaigns_flight_check` when the flight would end before it starts.
 */
export async function updateCampaign(
  db: Database,
  { campaign, changes, at }: { campaign: CampaignRecord; changes: CampaignChanges; at: Date },
): Promise<void> {
  const { matchers, ...fields } = changes;
  const update = db
    .update(campaigns)
    .set({ ...fields, updatedAt: at })
    .where(and(eq(campaigns.siteId, campaign.siteId), eq(campaigns.id, campaign.id)));
  const matching: SQL[] = [];
  if (matchers) {
    const target = { siteId: campaign.siteId, publicId: campaign.publicId, matchers };
    matching.push(dropMatchers(target), addMatchers(target));
  }
  if ("marginPercent" in changes) matching.push(raiseSpendVersion(campaign.siteId));
  if (changesMatching(changes)) matching.push(raiseMatcherVersion(campaign.siteId));
  await db.batch([update, ...matching.map((statement) => db.execute(statement))]);
}

/** Whether a change touches what campaigns answer to, or the channel that their contacts are counted under. */
export function changesMatching(changes: CampaignChanges): boolean {
  return ["name", "matchers", "channel", "archivedAt"].some((field) => field in changes);
}

type MatcherTarget = { siteId: number; publicId: string; matchers: readonly MatcherRecord[] };

function withoutMatchers({ matchers: _matchers, ...fields }: NewCampaign): Omit<NewCampaign, "matchers"> {
  return fields;
}

function dropMatchers({ siteId, publicId, matchers }: MatcherTarget): SQL {
  return sql`
    delete from site.campaign_matchers m using site.campaigns c
    where c.site_id = ${siteId} and c.public_id = ${publicId} and m.campaign_id = c.id
      and not exists (
        select from jsonb_to_recordset(${JSON.stringify(matchers)}::jsonb) as w (kind text, value text)
        where w.kind = m.kind and w.value = m.value)`;
}

function addMatchers({ siteId, publicId, matchers }: MatcherTarget): SQL {
  return sql`
    insert into site.campaign_matchers (site_id, campaign_id, kind, value)
    select c.site_id, c.id, w.entry ->> 'kind', w.entry ->> 'value'
    from site.campaigns c,
      jsonb_array_elements(${JSON.stringify(matchers)}::jsonb) with ordinality as w (entry, n)
    where c.site_id = ${siteId} and c.public_id = ${publicId}
      and not exists (
        select from site.campaign_matchers m
        where m.campaign_id = c.id and m.kind = w.entry ->> 'kind' and m.value = w.entry ->> 'value')
    order by w.n`;
}
