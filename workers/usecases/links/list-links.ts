import type { Link } from "#contract/links.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findCampaignNames } from "#db/queries/campaigns/find-campaign.ts";
import { listLinks as selectLinks, type LinkRecord } from "#db/queries/links/links.ts";
import type { Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, pageOf, type Page } from "#usecases/page.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { showLink } from "./show-link.ts";

export type ListLinksInput = {
  site: SiteRef;
  /** Public id; absent for all. */
  campaignId: string | undefined;
  /** The page key's only part: the last link's int. */
  afterId: number | null;
  limit: number | undefined;
};
export type UnknownCampaign = { kind: "unknown_campaign"; campaignId: string };

/** A page of a site's links, newest first, archived ones left out. */
export async function listLinks(
  deps: Pick<Deps, "databases" | "settings">,
  input: ListLinksInput,
): Promise<Result<Page<Link>, UnknownCampaign>> {
  const page = await pageOfLinks(deps, input);
  if (!page.ok) return page;
  const { items, next } = page.value;
  return ok({ items: items.map((row) => showLink(row, deps.settings)), next });
}

/** The same as it is stored. */
export async function pageOfLinks(
  deps: Pick<Deps, "databases">,
  { site, campaignId, afterId, limit = DEFAULT_PAGE_SIZE }: ListLinksInput,
): Promise<Result<Page<LinkRecord>, UnknownCampaign>> {
  const db = deps.databases.named(site.database);
  const { siteId } = site;
  const campaigns =
    campaignId === undefined ? [] : await findCampaignNames(db, { siteId, publicIds: [campaignId] });
  const campaign = campaigns[0];
  if (campaignId !== undefined && !campaign) return fail({ kind: "unknown_campaign", campaignId });

  const rows = await selectLinks(db, { siteId, campaignId: campaign?.id ?? null, afterId, limit: limit + 1 });
  return ok(pageOf(rows, limit, ({ id }) => [id]));
}
