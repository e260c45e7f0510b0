import type { PutSpendAnswer } from "#contract/campaigns.ts";
import type { PutSiteSpendRequest } from "#contract/spend.ts";
import { DEFAULT_SPEND_SOURCE } from "#core/campaigns/spend-rows.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findCampaignNames } from "#db/queries/campaigns/find-campaign.ts";
import { upsertSpend } from "#db/queries/spend/spend-rows.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import { faultsOf, type RowFault } from "#usecases/campaigns/put-spend.ts";
import type { Deps } from "#usecases/deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";

export type PutSiteSpendInput = { principal: Principal; site: SiteRef; request: PutSiteSpendRequest };
export type SiteRowFault = RowFault | { index: number; field: "campaign"; fault: "unknown_campaign" };
export type InvalidSiteRows = { kind: "invalid_rows"; faults: readonly SiteRowFault[] };

/**
 * Writes spend rows of several campaigns of a site, each replacing that of its campaign, day and source; all of them or
 * none, so that a file that is imported twice changes nothing. Answers how many.
 */
export async function putSiteSpend(
  deps: Pick<Deps, "databases" | "clock" | "log">,
  { principal, site, request }: PutSiteSpendInput,
): Promise<Result<PutSpendAnswer, InvalidSiteRows>> {
  const db = deps.databases.named(site.database);
  const publicIds = [...new Set(request.rows.map(({ campaign }) => campaign))];
  const names = await findCampaignNames(db, { siteId: site.siteId, publicIds });
  const campaignOf = new Map(names.map((campaign) => [campaign.publicId, campaign]));
  const unknown = request.rows.flatMap(({ campaign }, index): SiteRowFault[] =>
    campaignOf.has(campaign) ? [] : [{ index, field: "campaign", fault: "unknown_campaign" }],
  );
  if (unknown.length > 0) return fail({ kind: "invalid_rows", faults: unknown });

  const rows = request.rows.map((row) => {
    const campaign = campaignOf.get(row.campaign);
    return {
      campaignId: campaign?.id ?? 0,
      day: row.day,
      source: row.source ?? DEFAULT_SPEND_SOURCE,
      amountMinor: row.amountMinor,
      currency: row.currency ?? campaign?.currency ?? site.currency,
      note: row.note || null,
    };
  });
  const at = deps.clock.now();
  const faults = faultsOf(rows, at);
  if (faults.length > 0) return fail({ kind: "invalid_rows", faults });

  await upsertSpend(db, { siteId: site.siteId, rows, at });
  await noteChange(deps, principal, {
    action: "spend.import",
    subject: site.publicId,
    detail: { rows: rows.length, campaigns: publicIds.length },
  });
  return ok({ written: rows.length });
}
