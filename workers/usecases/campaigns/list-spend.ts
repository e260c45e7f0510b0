import type { SpendRow } from "#contract/campaigns.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { listSpend as selectSpend, type SpendRecord } from "#db/queries/spend/spend-rows.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { pageOf, type Page } from "#usecases/page.ts";
import type { CampaignNotFound } from "./campaign-refusal.ts";
import { findCampaign } from "./find-campaign.ts";

/** Spend is read whole more often than in pages: a year of one source a day is one page. */
const SPEND_PAGE_SIZE = 400;
const FIRST_DAY = "0001-01-01";
const LAST_DAY = "9999-12-31";

export type ListSpendInput = {
  principal: Principal;
  campaignId: string;
  /** Closed range of the site's days; an end that is absent is open. */
  from: string | undefined;
  to: string | undefined;
  after: { day: string; source: string } | null;
  limit: number | undefined;
};

export type InvalidRange = { kind: "invalid_range"; from: string; to: string };

/** A campaign's spend rows of a range, oldest day first. */
export async function listSpend(
  deps: Pick<Deps, "databases">,
  { principal, campaignId, from = FIRST_DAY, to = LAST_DAY, after, limit = SPEND_PAGE_SIZE }: ListSpendInput,
): Promise<Result<Page<SpendRow>, CampaignNotFound | InvalidRange>> {
  if (to < from) return fail({ kind: "invalid_range", from, to });
  const found = await findCampaign(deps, principal, campaignId);
  if (found === null) return fail({ kind: "campaign_not_found" });

  const { campaign, site } = found;
  const rows = await selectSpend(deps.databases.named(site.database), {
    siteId: site.siteId,
    campaignId: campaign.id,
    from,
    to,
    after,
    limit: limit + 1,
  });
  const page = pageOf(rows, limit, ({ day, source }) => [day, source]);
  return ok({ items: page.items.map(showSpend), next: page.next });
}

function showSpend(record: SpendRecord): SpendRow {
  return {
    day: record.day,
    amount: { minor: record.amountMinor, currency: record.currency },
    source: record.source,
    note: record.note,
    updatedAt: record.updatedAt.toISOString(),
  };
}
