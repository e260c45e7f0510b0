import { cleanText } from "#core/text/clean-text.ts";

export const UTM_NAMES = ["source", "medium", "campaign", "content", "term"] as const;
export type UtmName = (typeof UTM_NAMES)[number];
export type UtmParams = { readonly [name in UtmName]?: string | undefined };

/**
 * A destination with these utm parameters, in the usual order after what is there. A parameter of the same name is
 * replaced; the rest of the query and the hash stay as they are, to the byte: some landing pages sign them.
 * Blank values add nothing.
 */
export function withUtm(destination: string, utm: UtmParams): string {
  const added = UTM_NAMES.flatMap((name) => {
    const value = cleanText(utm[name] ?? "").trim();
    return value ? [{ key: `utm_${name}`, value }] : [];
  });
  if (added.length === 0) return destination;

  const { page, query, hash } = splitDestination(destination);
  const kept = pairsOf(query).filter((pair) => !added.some(({ key }) => key === keyOf(pair)));
  const written = added.map(({ key, value }) => `${key}=${encodeURIComponent(value)}`);
  return `${page}?${[...kept, ...written].join("&")}${hash}`;
}

/** Whether a destination names a utm parameter itself, with a value. */
export function namesUtm(destination: string, name: UtmName): boolean {
  const { query } = splitDestination(destination);
  return pairsOf(query).some((pair) => keyOf(pair) === `utm_${name}` && /=./.test(pair));
}

function splitDestination(destination: string): { page: string; query: string; hash: string } {
  const hashStart = destination.indexOf("#");
  const hash = hashStart === -1 ? "" : destination.slice(hashStart);
  const address = hashStart === -1 ? destination : destination.slice(0, hashStart);
  const queryStart = address.indexOf("?");
  return queryStart === -1
    ? { page: address, query: "", hash }
    : { page: address.slice(0, queryStart), query: address.slice(queryStart + 1), hash };
}

function pairsOf(query: string): string[] {
  return query === "" ? [] : query.split("&");
}

function keyOf(pair: string): string {
  return (pair.split("=", 1)[0] ?? "").toLowerCase();
}
