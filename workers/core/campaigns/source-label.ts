import type { SourceTuple } from "#core/sources/source-tuple.ts";

/**
 * A source in a few words for a row of a list: the most telling part of its tuple. Direct is a source too; it says
 * nothing, so it is named.
 */
export function sourceLabel(tuple: SourceTuple): string {
  const utm = [tuple.utmSource, tuple.utmMedium].filter((part) => part !== null).join(" / ");
  const parts = [
    tuple.linkSlug && `/r/${tuple.linkSlug}`,
    tuple.namedCampaign,
    tuple.promoCode && `promo ${tuple.promoCode}`,
    utm,
    tuple.utmCampaign,
    tuple.clickIdKind,
    tuple.referrerHost,
    tuple.namedChannel,
    tuple.utmContent,
    tuple.utmTerm,
  ];
  return parts.find((part) => part !== null && part !== "") ?? "direct";
}
