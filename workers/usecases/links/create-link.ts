import type { EdgeLink } from "#contract/edge-config.ts";
import type { CreateLinkRequest, Link } from "#contract/links.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { pgCode } from "#db/pg-error.ts";
import { releaseSlug } from "#db/queries/links/link-slugs.ts";
import { insertLink, type NewLink } from "#db/queries/links/links.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { afterCommit, rematchSources } from "#usecases/campaigns/after-commit.ts";
import { findCampaign, type FoundCampaign } from "#usecases/campaigns/find-campaign.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { composeDestination, type DestinationRefusal } from "./compose-destination.ts";
import type { UnknownCampaign } from "./list-links.ts";
import { reserveSlug, type SlugTaken } from "./reserve-slug.ts";
import { showLink } from "./show-link.ts";

export type CreateLinkDeps = Pick<
  Deps,
  "databases" | "clock" | "ids" | "edgeConfig" | "workQueue" | "log" | "settings"
>;
export type CreateLinkInput = { principal: Principal; site: SiteRef; request: CreateLinkRequest };
export type CreateLinkRefusal = UnknownCampaign | DestinationRefusal | SlugTaken;

/** Makes a short link; when it answers, the edge knows it, or will once a cron has mended it. */
export async function createLink(
  deps: CreateLinkDeps,
  { principal, site, request }: CreateLinkInput,
): Promise<Result<Link, CreateLinkRefusal>> {
  const found = await campaignOf(deps, { principal, site, campaignId: request.campaignId });
  if (!found.ok) return found;
  const campaign = found.value;
  const destination = composeDestination(request, campaign);
  if (!destination.ok) return destination;
  const at = deps.clock.now();
  const slug = await reserveSlug(deps, { slug: request.slug, siteId: site.siteId, at });
  if (!slug.ok) return slug;

  const link: NewLink = {
    publicId: deps.ids.publicId("lnk", at),
    siteId: site.siteId,
    slug: slug.value,
    destination: destination.value,
    campaignId: campaign?.id ?? null,
    note: request.note || null,
    createdAt: at,
  };
  await writeLink(deps, site, link);
  await projectLink(deps, site, link);
  if (campaign) await rematchSources(deps, site);
  await noteChange(deps, principal, {
    action: "link.create",
    subject: link.publicId,
    detail: { slug: link.slug, site: site.publicId },
  });
  return ok(showLink({ ...link, ...namesOf(campaign) }, deps.settings));
}

function namesOf(campaign: FoundCampaign["campaign"] | null) {
  return { campaignPublicId: campaign?.publicId ?? null, campaignName: campaign?.name ?? null };
}

type CampaignQuestion = { principal: Principal; site: SiteRef; campaignId: string | undefined };

/** A link's campaign is one of the same site; another site's is unknown here. */
async function campaignOf(
  deps: CreateLinkDeps,
  { principal, site, campaignId }: CampaignQuestion,
): Promise<Result<FoundCampaign["campaign"] | null, UnknownCampaign>> {
  if (campaignId === undefined) return ok(null);
  const found = await findCampaign(deps, principal, campaignId);
  return found?.site.siteId === site.siteId
    ? ok(found.campaign)
    : fail({ kind: "unknown_campaign", campaignId });
}

/**
 * The slug was taken in another database: a link that Postgres refused must not keep it. Where no answer came the link
 * may be there, and the slug stays.
 */
async function writeLink(deps: CreateLinkDeps, site: SiteRef, link: NewLink): Promise<void> {
  try {
    await insertLink(deps.databases.named(site.database), link);
  } catch (error) {
    if (pgCode(error) !== null) {
      await afterCommit(deps, "release_slug", () => releaseSlug(controlDatabase(deps), link));
    }
    throw error;
  }
}

async function projectLink(deps: CreateLinkDeps, site: SiteRef, link: NewLink): Promise<void> {
  const value: EdgeLink = {
    siteId: site.siteId,
    siteKey: site.siteKey,
    slug: link.slug,
    destination: link.destination,
  };
  await afterCommit(deps, "project_link", () => deps.edgeConfig.put({ kind: "link", value }));
}
