import type { Breakdown, BreakdownRow } from "#contract/breakdown.ts";
import { CHANNEL_LABELS, parseChannel } from "#core/channels/channel.ts";
import { dayFactors } from "#core/money/day-factors.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { OTHER_VALUE, type Dimension, type Scope } from "#core/rollup/dimensions.ts";
import type { BreakdownKey } from "#db/queries/analytics/breakdown-rows.ts";
import { loadBreakdown, loadEntryNames, type EntryName } from "#db/queries/analytics/load-breakdown.ts";
import { loadRatesInUse } from "#db/queries/spend/rate-rows.ts";
import { findCampaign } from "#usecases/campaigns/find-campaign.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { pageOf, type PageKey } from "#usecases/page.ts";
import type { AnalyticsDeps, AnalyticsFailure } from "./analytics-input.ts";
import { isRange } from "./load-ranges.ts";
import { measuresOf, NOTHING } from "./measures.ts";

export type { BreakdownKey } from "#db/queries/analytics/breakdown-rows.ts";

export type BreakdownInput = {
  site: Pick<SiteRef, "siteId" | "publicId" | "accountId" | "database" | "currency">;
  from: string;
  to: string;
  dimension: Dimension;
  /** Public id of the one campaign that is asked for, or the code of the one channel; at most one of them. */
  campaign: string | null;
  channel: string | null;
  sort: "visitors" | "revenue";
  limit: number;
  after: BreakdownKey | null;
};

/** `next` is the key of the page's last row. */
export type BreakdownPage = Omit<Breakdown, "next"> & { next: PageKey | null };

/** A page of the values of one dimension, of a site, one of its campaigns or one of its channels. */
export async function getBreakdown(
  deps: AnalyticsDeps,
  input: BreakdownInput,
): Promise<Result<BreakdownPage, AnalyticsFailure>> {
  if (!isRange(input)) return fail({ kind: "invalid_range" });
  const place = await placeOf(deps, input);
  if (!place) return fail({ kind: "not_found" });
  const { site, dimension, limit } = input;
  const { scope } = place;
  const db = deps.databases.named(site.database);
  const { siteId, currency } = site;
  const rates = await loadRatesInUse(db, { siteId, from: input.from, to: input.to });
  const factors = dayFactors(rates, { ...input, currency });
  const facts = await loadBreakdown(db, { ...input, ...place, siteId, currency, factors, limit: limit + 1 });
  const page = pageOf(facts.rows, limit, ({ entry, amount }): PageKey => [
    entry === OTHER_VALUE ? 1 : 0,
    amount,
    entry,
  ]);
  const entries = page.items.map(({ entry }) => entry);
  const names = await loadEntryNames(db, { siteId, dimension, entries });
  return ok({
    siteId: site.publicId,
    dimension,
    range: { from: input.from, to: input.to },
    currency: site.currency,
    asOf: facts.staleSince ?? deps.clock.now().toISOString(),
    items: page.items.map((row) => ({
      ...describe(row.entry, dimension, names),
      ...measuresOf(row, { scope, dimension }),
    })),
    next: page.next,
    total: measuresOf(facts.whole ?? NOTHING, { scope, dimension: "all" }),
  });
}

/** Whose figures are asked for; null where the campaign is not one of the site. */
async function placeOf(
  deps: AnalyticsDeps,
  { site, campaign, channel }: BreakdownInput,
): Promise<{ scope: Scope; scopeKey: string } | null> {
  if (channel !== null) return { scope: "channel", scopeKey: channel };
  if (campaign === null) return { scope: "site", scopeKey: "" };
  const found = await findCampaign(deps, site, campaign);
  if (found === null || found.site.siteId !== site.siteId) return null;
  return { scope: "campaign", scopeKey: String(found.campaign.id) };
}

function describe(
  entry: string,
  dimension: Dimension,
  names: ReadonlyMap<string, EntryName>,
): Pick<BreakdownRow, "kind" | "value" | "label"> {
  if (entry === "") return { kind: "none", value: null, label: "(none)" };
  if (entry === OTHER_VALUE) return { kind: "other", value: null, label: "(other)" };
  const name = names.get(entry);
  if (name) return { kind: "value", ...name };
  if (dimension !== "channel") return { kind: "value", value: entry, label: entry };
  const channel = parseChannel(entry) ?? "unassigned";
  return { kind: "value", value: channel, label: CHANNEL_LABELS[channel] };
}
