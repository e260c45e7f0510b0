import type { PutSpendRequest } from "#contract/campaigns.ts";
import { DEFAULT_SPEND_SOURCE, repeatedSpendRows } from "#core/campaigns/spend-rows.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { upsertSpend } from "#db/queries/spend/spend-rows.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import type { CampaignNotFound } from "./campaign-refusal.ts";
import { findCampaign } from "./find-campaign.ts";
import { noteChange } from "./note-change.ts";

export type PutSpendInput = { principal: Principal; campaignId: string; request: PutSpendRequest };
/** Indexes of rows whose day and source an earlier row of the same request names. */
export type RepeatedRows = { kind: "repeated_rows"; indexes: readonly number[] };

/** Writes spend rows, each replacing that of its day and source; all of them or none. Answers how many. */
export async function putSpend(
  deps: Pick<Deps, "databases" | "clock" | "log">,
  { principal, campaignId, request }: PutSpendInput,
): Promise<Result<{ written: number }, CampaignNotFound | RepeatedRows>> {
  const found = await findCampaign(deps, principal, campaignId);
  if (found === null) return fail({ kind: "campaign_not_found" });
  const { campaign, site } = found;

  const rows = request.rows.map((row) => ({
    day: row.day,
    source: row.source ?? DEFAULT_SPEND_SOURCE,
    amountMinor: row.amountMinor,
    currency: row.currency ?? campaign.currency,
    note: row.note || null,
  }));
  const indexes = repeatedSpendRows(rows);
  if (indexes.length > 0) return fail({ kind: "repeated_rows", indexes });

  const { siteId } = site;
  const at = deps.clock.now();
  await upsertSpend(deps.databases.named(site.database), { siteId, campaignId: campaign.id, rows, at });
  await noteChange(deps, principal, {
    action: "spend.put",
    subject: campaign.publicId,
    detail: { rows: rows.length },
  });
  return ok({ written: rows.length });
}
