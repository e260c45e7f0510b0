import type { PutSpendAnswer, PutSpendRequest } from "#contract/campaigns.ts";
import { DEFAULT_SPEND_SOURCE, repeatedSpendRows, type SpendRowKey } from "#core/campaigns/spend-rows.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { isDayWithin, spendDays, type DayBounds } from "#core/spend/spend-days.ts";
import { upsertSpend } from "#db/queries/spend/spend-rows.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import type { CampaignNotFound } from "./campaign-refusal.ts";
import { findCampaign } from "./find-campaign.ts";
import { isKnownCurrency } from "./known-currency.ts";
import { noteChange } from "./note-change.ts";

export type PutSpendInput = { principal: Principal; campaignId: string; request: PutSpendRequest };
/** `repeated`: an earlier row of the same request names the day and source. */
export type RowFault =
  | { index: number; field: "day"; fault: "repeated" }
  | ({ index: number; field: "day"; fault: "day_out_of_range" } & DayBounds)
  | { index: number; field: "currency"; fault: "unknown_currency" };
export type InvalidRows = { kind: "invalid_rows"; faults: readonly RowFault[] };

/** Writes spend rows, each replacing that of its day and source; all of them or none. Answers how many. */
export async function putSpend(
  deps: Pick<Deps, "databases" | "clock" | "log">,
  { principal, campaignId, request }: PutSpendInput,
): Promise<Result<PutSpendAnswer, CampaignNotFound | InvalidRows>> {
  const found = await findCampaign(deps, principal, campaignId);
  if (found === null) return fail({ kind: "campaign_not_found" });
  const { campaign, site } = found;

  const rows = request.rows.map((row) => ({
    campaignId: campaign.id,
    day: row.day,
    source: row.source ?? DEFAULT_SPEND_SOURCE,
    amountMinor: row.amountMinor,
    currency: row.currency ?? campaign.currency,
    note: row.note || null,
  }));
  const at = deps.clock.now();
  const faults = faultsOf(rows, at);
  if (faults.length > 0) return fail({ kind: "invalid_rows", faults });

  const { siteId } = site;
  await upsertSpend(deps.databases.named(site.database), { siteId, rows, at });
  await noteChange(deps, principal, {
    action: "spend.put",
    subject: campaign.publicId,
    detail: { rows: rows.length },
  });
  return ok({ written: rows.length });
}

/** What cannot be written of rows, each by its index. */
export function faultsOf(rows: readonly (SpendRowKey & { currency: string })[], at: Date): RowFault[] {
  const days = spendDays(at.toISOString().slice(0, 10));
  const outOfRange = rows.flatMap(({ day }, index): RowFault[] =>
    isDayWithin(day, days) ? [] : [{ index, field: "day", fault: "day_out_of_range", ...days }],
  );
  const repeated = repeatedSpendRows(rows).map((index): RowFault => ({
    index,
    field: "day",
    fault: "repeated",
  }));
  const unknown = rows.flatMap(({ currency }, index): RowFault[] =>
    isKnownCurrency(currency) ? [] : [{ index, field: "currency", fault: "unknown_currency" }],
  );
  return [...repeated, ...outOfRange, ...unknown].toSorted((a, b) => a.index - b.index);
}
