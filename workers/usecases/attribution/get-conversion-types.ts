import type { ConversionTypes } from "#contract/attribution.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { loadConversionTypes } from "#db/queries/attribution/conversion-types.ts";
import type { AnalyticsInput } from "#usecases/analytics/analytics-input.ts";
import { isRange } from "#usecases/analytics/load-ranges.ts";
import type { Deps } from "#usecases/deps.ts";

/** So many are read in some tens of milliseconds, however many a site has. */
const MOST_COUNTED = 100_000;
/** More than one can choose from; a sender that writes an order's number there makes as many as it has orders. */
const MOST_TYPES = 200;

export type ConversionTypesInput = Pick<AnalyticsInput, "site" | "from" | "to">;

/** Which types of conversions a site has seen in a range, the most frequent first. */
export async function getConversionTypes(
  deps: Pick<Deps, "databases">,
  { site, from, to }: ConversionTypesInput,
): Promise<Result<ConversionTypes, { kind: "invalid_range" }>> {
  if (!isRange({ from, to })) return fail({ kind: "invalid_range" });
  const { types, isWhole } = await loadConversionTypes(deps.databases.named(site.database), {
    siteId: site.siteId,
    from,
    to,
    most: MOST_COUNTED,
    limit: MOST_TYPES,
  });
  return ok({ siteId: site.publicId, range: { from, to }, items: types, isWhole });
}
