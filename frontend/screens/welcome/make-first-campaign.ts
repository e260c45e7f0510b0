import type { Campaign, CreateCampaignRequest, Matcher, UpdateCampaignRequest } from "#contract/campaigns.ts";
import type { Link } from "#contract/links.ts";
import type { Site } from "#contract/sites.ts";
import { normaliseMatcher } from "#core/campaigns/normalise-matcher.ts";
import { createCampaign, createLink, updateCampaign } from "#frontend/api/campaigns.ts";
import { load } from "#frontend/api/client.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { utmForChannel } from "#frontend/screens/campaigns/utm-for-channel.ts";

/** As many as the API lists at once. */
const PAGE = 200;

type First = {
  site: Pick<Site, "id" | "currency">;
  request: CreateCampaignRequest;
  destination: string;
  /** By an earlier try from the same form. */
  made: Campaign | null;
  onMade: (campaign: Campaign) => void;
};
type Begun = { campaign: Campaign; links: readonly Link[] };

/** Makes a campaign and its link, or what of the two is missing after a try that ended halfway. */
export async function makeFirstCampaign(first: First): Promise<Campaign> {
  const { site, request, destination, made, onMade } = first;
  const begun = made === null ? await begin(first) : await asBegun(made);
  onMade(begun.campaign);
  const campaign = await complete(begun.campaign, request, { isOfForm: made !== null });
  onMade(campaign);
  if (begun.links.length === 0) {
    const utm = utmForChannel(campaign.channel);
    await createLink(site.id, { destination, campaignId: campaign.id, utm });
  }
  return campaign;
}

/**
 * A name that is taken was taken by an earlier try, unless its campaign is in use: then its links lead elsewhere. One in
 * another currency than the site's was not made here, and what was typed as its budget is no amount of that currency.
 */
async function begin({ site, request, destination }: First): Promise<Begun> {
  try {
    return { campaign: await createCampaign(site.id, request), links: [] };
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== "name_taken") throw error;
    const holder = await findNamed(site.id, request.name);
    if (holder === null || holder.currency !== site.currency) throw error;
    const begun = await asBegun(holder);
    const isInUse = begun.links.length > 0;
    if (isInUse && !begun.links.some((link) => isSamePage(link.destination, destination))) throw error;
    return begun;
  }
}

async function findNamed(siteId: string, name: string): Promise<Campaign | null> {
  let after: string | null = null;
  do {
    // One page says where the next one begins.
    // oxlint-disable-next-line no-await-in-loop
    const page: List<Campaign> = await load(paths.campaigns(siteId, { q: name, after, limit: PAGE }));
    const named = page.items.find((campaign) => isSameName(campaign.name, name));
    if (named) return named;
    after = page.next;
  } while (after !== null);
  return null;
}

async function asBegun(campaign: Campaign): Promise<Begun> {
  const path = paths.links(campaign.siteId, { campaign: campaign.id, limit: PAGE });
  return { campaign, links: (await load<List<Link>>(path)).items };
}

/** The utm parameters in between are the link's own. */
function isSamePage(one: string, other: string): boolean {
  const [a, b] = [URL.parse(one), URL.parse(other)];
  return a !== null && b !== null && a.origin === b.origin && a.pathname === b.pathname;
}

/**
 * Gives it what was typed and it lacks. Nothing is taken away: since then it may have been worked on. One that the open form
 * made has the channel that the form says now.
 */
async function complete(
  campaign: Campaign,
  request: CreateCampaignRequest,
  { isOfForm }: { isOfForm: boolean },
): Promise<Campaign> {
  const { name, channel, matchers = [], budgetMinor } = request;
  const known = new Set(campaign.matchers.map(keyOf));
  const lacking = matchers.filter((matcher) => !known.has(keyOf(matcher)));
  const change: UpdateCampaignRequest = {
    ...(isSameName(campaign.name, name) ? {} : { name }),
    ...(isOfForm && campaign.channel !== channel ? { channel } : {}),
    ...(lacking.length === 0 ? {} : { matchers: [...campaign.matchers, ...lacking] }),
    ...(campaign.budget === null && budgetMinor !== undefined ? { budgetMinor } : {}),
  };
  return Object.keys(change).length === 0 ? campaign : await updateCampaign(campaign, change);
}

/** As the API tells names apart. */
function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** One that means nothing stays as it was typed, and the API says so. */
function keyOf({ kind, value }: Matcher): string {
  const kept = normaliseMatcher(kind, value);
  return `${kind} ${kept.ok ? kept.value : value}`;
}
