import { sql } from "drizzle-orm";

import { parseChannel } from "#core/channels/channel.ts";
import type { IngestSite } from "#core/ingest/ingest-site.ts";
import { foldedCampaignName } from "#core/sources/match-campaign.ts";
import type { Database } from "#db/database.ts";

type SiteRow = {
  id: number;
  domain: string;
  own_domains: string[];
  currency: string;
  matcher_version: number;
  /** Epoch ms, as text: a numeric. */
  sealed_before: string | null;
  ids_since: string | null;
  campaigns: { id: number; publicId: string; name: string; channel: string; isArchived: boolean }[] | null;
  matchers: { kind: string; value: string; campaignId: number }[] | null;
  links: { slug: string; campaignId: number }[] | null;
};

/** What ingest must know of these sites: own hosts, currency, and all that campaigns answer to. Unknown ids are absent. */
export async function loadIngestSites(
  db: Database,
  siteIds: readonly number[],
): Promise<Map<number, IngestSite>> {
  const { rows } = await db.execute<SiteRow>(sql`
    select s.id, s.domain, s.own_domains, s.currency, s.matcher_version,
      extract(epoch from s.sealed_before) * 1000 as sealed_before,
      (select extract(epoch from r.sealed_month) * 1000 from site.retention r) as ids_since,
      (select json_agg(json_build_object('id', c.id, 'publicId', c.public_id, 'name', c.name, 'channel', c.channel,
         'isArchived', c.archived_at is not null) order by c.id)
       from site.campaigns c where c.site_id = s.id) as campaigns,
      (select json_agg(json_build_object('kind', m.kind, 'value', m.value, 'campaignId', m.campaign_id) order by m.id)
       from site.campaign_matchers m where m.site_id = s.id) as matchers,
      (select json_agg(json_build_object('slug', l.slug, 'campaignId', l.campaign_id) order by l.id)
       from site.links l where l.site_id = s.id and l.campaign_id is not null) as links
    from site.sites s
    where s.id = any (array(select jsonb_array_elements_text(${JSON.stringify(siteIds)}::jsonb)::int))`);
  return new Map(rows.map((row) => [row.id, ingestSite(row)]));
}

function ingestSite(row: SiteRow): IngestSite {
  const campaigns = row.campaigns ?? [];
  // An archived campaign keeps its name until another one takes it: what was imported under it stays its own.
  const byAge = campaigns.toSorted((a, b) => Number(b.isArchived) - Number(a.isArchived));
  const named = byAge.flatMap(({ id, publicId, name }) => [
    [publicId, id] as const,
    [foldedCampaignName(name) ?? "", id] as const,
  ]);
  return {
    siteId: row.id,
    ownHosts: [row.domain, ...row.own_domains],
    currency: row.currency,
    sealedBeforeMs: row.sealed_before === null ? null : Number(row.sealed_before),
    idsSinceMs: row.ids_since === null ? null : Number(row.ids_since),
    matcherVersion: row.matcher_version,
    campaignChannels: new Map(
      campaigns.map(({ id, channel }) => [id, parseChannel(channel) ?? "unassigned"]),
    ),
    matchers: {
      byName: new Map(named),
      bySlug: new Map((row.links ?? []).map(({ slug, campaignId }) => [slug, campaignId])),
      byPromoCode: matchersOf(row, "promo_code"),
      byUtmPair: matchersOf(row, "utm_pair"),
      byUtmCampaign: matchersOf(row, "utm_campaign"),
      byClickId: matchersOf(row, "click_id"),
      byReferrer: matchersOf(row, "referrer"),
    },
  };
}

/** Matchers are stored folded; a promo code is folded to capitals, as in `foldPromoCode`. */
function matchersOf(row: SiteRow, kind: string): Map<string, number> {
  const found = (row.matchers ?? []).filter((matcher) => matcher.kind === kind);
  return new Map(
    found.map(({ value, campaignId }) => [kind === "promo_code" ? value.toUpperCase() : value, campaignId]),
  );
}
