import type { AccountAnalytics, AccountBasis, AccountSite } from "#contract/analytics.ts";
import { groupRows } from "#core/lists/group-rows.ts";
import { mostCommon } from "#core/lists/most-common.ts";
import { comparisonRange } from "#core/report/comparison-range.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { listReportSites } from "#db/queries/reports/report-sites.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { isKnownCurrency } from "#usecases/campaigns/known-currency.ts";
import type { AnalyticsDeps, AnalyticsInput } from "./analytics-input.ts";
import { channelRows, dayRows, kpisOf, type FiguresOptions, type RangeFacts } from "./figures.ts";
import { isRange } from "./load-ranges.ts";
import { loadAccount, type SitePart } from "./load-account.ts";
import { uniteFacts, uniteGroups } from "./united-facts.ts";

/** All sites of the account; days are each site's own. */
export type AccountAnalyticsInput = Omit<AnalyticsInput, "site"> & {
  account: Pick<Principal, "accountId" | "accountPublicId" | "database">;
};

export type AccountAnalyticsFailure =
  | { kind: "invalid_range" }
  | { kind: "unknown_currency"; currency: string };

/**
 * An account's figures for a range: those of its sites, added up, in one currency: the one that was asked for, else what
 * most sites have, as in a report of all sites. A visitor of two sites counts twice. An account lies in one database: a
 * round trip for its sites, then one for every five of them, side by side (`loadAccount`).
 */
export async function getAccountAnalytics(
  deps: AnalyticsDeps,
  input: AccountAnalyticsInput,
): Promise<Result<AccountAnalytics, AccountAnalyticsFailure>> {
  const { account, from, to, model, currency: asked } = input;
  if (!isRange(input)) return fail({ kind: "invalid_range" });
  if (asked !== undefined && !isKnownCurrency(asked))
    return fail({ kind: "unknown_currency", currency: asked });

  const { accountId, accountPublicId, database } = account;
  const sites = await listReportSites(deps.databases.named(database), { accountId, siteId: null });
  const currency = asked ?? mostCommon(sites.map((site) => site.currency));
  const options = { model, currency: currency ?? "" };
  const range = { from, to };
  const before = comparisonRange(input.compare, range);
  const parts = await loadAccount(deps, { ...input, ...options, database, range, before }, sites);
  const current = uniteFacts(
    range,
    parts.map(({ site, current: facts }) => ({ siteId: site.siteId, facts })),
  );
  const previous = before && uniteFacts(before, previousOf(parts));
  return ok({
    accountId: accountPublicId,
    range,
    comparisonRange: before,
    basis: basisOf(parts, { input, currency, now: deps.clock.now() }),
    ...figuresOf({ current, previous }, options),
    channels: channelRows(uniteGroups(parts.flatMap(({ channels }) => channels)), current.credit, options),
    sites: parts.map((part) => siteRow(part, options)).toSorted(byWorth),
  });
}

function previousOf(parts: readonly SitePart[]) {
  return parts.flatMap(({ site, previous }) =>
    previous === null ? [] : [{ siteId: site.siteId, facts: previous }],
  );
}

type Ranges = { current: RangeFacts; previous: RangeFacts | null };

function figuresOf({ current, previous }: Ranges, options: FiguresOptions) {
  return {
    kpis: kpisOf(current, options),
    previous: previous && kpisOf(previous, options),
    days: dayRows(current, options),
    previousDays: previous ? dayRows(previous, options) : [],
  };
}

type BasisFacts = { input: AccountAnalyticsInput; currency: string | null; now: Date };

/** As of when the site is that waits longest. */
function basisOf(parts: readonly SitePart[], { input, currency, now }: BasisFacts): AccountBasis {
  const [staleSince] = parts.flatMap((part) => part.staleSince ?? []).toSorted();
  const others = groupRows(
    parts.flatMap((part) => part.otherCurrencies),
    (row) => row.currency,
  );
  return {
    model: input.model,
    lookbackDays: input.lookbackDays,
    direct: input.direct,
    currency,
    asOf: staleSince ?? now.toISOString(),
    convertedCurrencies: [...new Set(parts.flatMap((part) => part.convertedCurrencies))].toSorted(),
    otherCurrencies: [...others].map(([other, rows]) => ({
      currency: other,
      revenueMinor: rows.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0),
      conversions: rows.reduce((sum, { conversions }) => sum + conversions, 0),
    })),
  };
}

function siteRow(part: SitePart, options: FiguresOptions): AccountSite {
  const { site, current, previous, dataVersion, otherCurrencies } = part;
  return {
    siteId: site.publicId,
    name: site.name,
    timeZone: site.timeZone,
    currency: site.currency,
    dataVersion,
    kpis: kpisOf(current, options),
    previous: previous && kpisOf(previous, options),
    otherCurrencies,
  };
}

function byWorth(a: AccountSite, b: AccountSite): number {
  return (
    b.kpis.revenueMinor - a.kpis.revenueMinor ||
    b.kpis.visitors - a.kpis.visitors ||
    (a.name < b.name ? -1 : 1)
  );
}
