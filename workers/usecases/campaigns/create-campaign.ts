import type { Campaign, CreateCampaignRequest, Matcher } from "#contract/campaigns.ts";
import { endsBeforeItStarts } from "#core/campaigns/flight.ts";
import { defaultMatcher } from "#core/campaigns/normalise-matcher.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { noteFirstCampaign } from "#db/queries/campaigns/note-first-campaign.ts";
import { insertCampaign, type NewCampaign } from "#db/queries/campaigns/write-campaign.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { afterCommit, rematchSources } from "./after-commit.ts";
import type { CampaignRefusal } from "./campaign-refusal.ts";
import { givenFields } from "./given-fields.ts";
import { isKnownCurrency } from "./known-currency.ts";
import { noteChange } from "./note-change.ts";
import { prepareMatchers } from "./prepare-matchers.ts";
import { refusalOfConflict } from "./refusal-of-conflict.ts";
import { showCampaign } from "./show-campaign.ts";

export type CreateCampaignDeps = Pick<Deps, "databases" | "clock" | "ids" | "workQueue" | "log">;
export type CreateCampaignInput = { principal: Principal; site: SiteRef; request: CreateCampaignRequest };

/**
 * Makes a campaign with its matchers; without any its name becomes one. Contacts that came before it are matched anew,
 * so that nothing is lost by naming things late.
 */
export async function createCampaign(
  deps: CreateCampaignDeps,
  { principal, site, request }: CreateCampaignInput,
): Promise<Result<Campaign, CampaignRefusal>> {
  const matchers = matchersOf(request);
  if (!matchers.ok) return matchers;
  const { currency = site.currency } = request;
  if (!isKnownCurrency(currency)) return fail({ kind: "invalid_currency", currency });
  const campaign = newCampaign(deps, { site, request, matchers: matchers.value });
  const flight = { startsOn: campaign.startsOn, endsOn: campaign.endsOn };
  if (endsBeforeItStarts(flight)) return fail({ kind: "invalid_flight", ...flight });

  const db = deps.databases.named(site.database);
  try {
    await insertCampaign(db, campaign);
  } catch (error) {
    return fail(await refusalOfConflict(db, { ...campaign, campaignId: null }, error));
  }

  await rematchSources(deps, site);
  await noteChange(deps, principal, {
    action: "campaign.create",
    subject: campaign.publicId,
    detail: { name: campaign.name, site: site.publicId },
  });
  if (principal.kind === "user") {
    const { userId } = principal;
    const at = campaign.createdAt;
    await afterCommit(deps, "note_first_campaign", () =>
      noteFirstCampaign(controlDatabase(deps), { userId, at }),
    );
  }
  return ok(
    showCampaign({
      ...campaign,
      id: 0,
      sitePublicId: site.publicId,
      updatedAt: campaign.createdAt,
      archivedAt: null,
    }),
  );
}

function matchersOf(request: CreateCampaignRequest): ReturnType<typeof prepareMatchers> {
  if (request.matchers !== undefined) return prepareMatchers(request.matchers);
  const named = defaultMatcher(request.name);
  return ok(named === null ? [] : [named]);
}

/** A campaign runs unless it is said to be a draft. */
const NOTHING_GIVEN = {
  status: "active",
  startsOn: null,
  endsOn: null,
  budgetMinor: null,
  goal: null,
  targetCpaMinor: null,
  targetRoas: null,
  marginPercent: null,
  owner: null,
  notes: null,
} as const;

type Parts = { site: SiteRef; request: CreateCampaignRequest; matchers: Matcher[] };

function newCampaign(deps: CreateCampaignDeps, { site, request, matchers }: Parts): NewCampaign {
  const createdAt = deps.clock.now();
  return {
    ...NOTHING_GIVEN,
    currency: site.currency,
    ...givenFields(request),
    publicId: deps.ids.publicId("cmp", createdAt),
    siteId: site.siteId,
    name: request.name,
    channel: request.channel,
    matchers,
    createdAt,
  };
}
