import { cleanText } from "#core/text/clean-text.ts";

/** The raw tuple that says where a contact came from, before anything is matched. Null: not said. */
export type SourceTuple = {
  utmSource: string | null;
  utmMedium: string | null;
  utmCampaign: string | null;
  utmContent: string | null;
  utmTerm: string | null;
  clickIdKind: string | null;
  referrerHost: string | null;
  linkSlug: string | null;
  promoCode: string | null;
  namedCampaign: string | null;
  namedChannel: string | null;
};

export const DIRECT_TUPLE: SourceTuple = {
  utmSource: null,
  utmMedium: null,
  utmCampaign: null,
  utmContent: null,
  utmTerm: null,
  clickIdKind: null,
  referrerHost: null,
  linkSlug: null,
  promoCode: null,
  namedCampaign: null,
  namedChannel: null,
};

const MAX_FIELD = 256;

/** A field as it is kept: trimmed, bounded, storable; an empty one is not said. */
export function sourceField(text: string | null | undefined): string | null {
  if (!text) return null;
  const clean = cleanText(text).trim().slice(0, MAX_FIELD);
  return clean === "" ? null : cleanText(clean);
}

/** Compared and stored case-folded and trimmed, like a matcher's value. */
export function foldedField(text: string | null | undefined): string | null {
  return sourceField(text)?.toLowerCase() ?? null;
}

/**
 * One string a tuple, equal exactly when the tuples are: the dictionary's key before it is hashed. A promo code's own
 * source says nothing else and has the key that SQL can build.
 */
export function sourceKey(tuple: SourceTuple): string {
  const { promoCode, ...others } = tuple;
  if (promoCode !== null && Object.values(others).every((field) => field === null))
    return promoKey(promoCode);
  const fields = [
    tuple.utmSource,
    tuple.utmMedium,
    tuple.utmCampaign,
    tuple.utmContent,
    tuple.utmTerm,
    tuple.clickIdKind,
    tuple.referrerHost,
    tuple.linkSlug,
    tuple.namedCampaign,
    tuple.namedChannel,
  ];
  return JSON.stringify(promoCode === null ? fields : [...fields, promoCode]);
}

/**
 * Where a contact came from whatever code it carried: what tells one session from the next (product.md §3). Null of a tuple
 * without a code.
 */
export function plainTuple(tuple: SourceTuple): SourceTuple | null {
  return tuple.promoCode === null ? null : { ...tuple, promoCode: null };
}

/** The key of a promo code's source; ingest's SQL builds the same from a stored code. */
export function promoKey(foldedCode: string): string {
  return `promo:${foldedCode}`;
}

/** A promo code as it is compared: people type it in any case and with stray spaces. */
export function foldPromoCode(code: string | null | undefined): string | null {
  return sourceField(code)?.toUpperCase() ?? null;
}
