import { fail, ok, type Result } from "#core/result.ts";
import { bareHost } from "#core/sources/page-address.ts";
import { CLICK_ID_KINDS } from "#core/sources/read-source.ts";
import { foldedField, foldPromoCode } from "#core/sources/source-tuple.ts";

export const MATCHER_KINDS = ["utm_campaign", "utm_pair", "click_id", "promo_code", "referrer"] as const;
export type MatcherKind = (typeof MATCHER_KINDS)[number];

/** Why a matcher could never match anything. */
export type MatcherRefusal = "empty" | "not_a_pair" | "unknown_click_id" | "not_a_host";

/** A name within dots: a rule for a bare top-level domain or a machine would never meet a referrer. */
const HOST = /^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)+$/u;

/**
 * The value as it is kept, folded exactly as `core/sources` folds what it is compared with; a pair as
 * `source / medium`; a referrer as the bare host, also when a whole address was pasted.
 */
export function normaliseMatcher(kind: MatcherKind, value: string): Result<string, MatcherRefusal> {
  const folded = kind === "promo_code" ? foldPromoCode(value) : foldedField(value);
  if (folded === null) return fail("empty");
  switch (kind) {
    case "utm_campaign":
    case "promo_code":
      return ok(folded);
    case "utm_pair":
      return pairOf(folded);
    case "click_id":
      return CLICK_ID_KINDS.some((parameter) => parameter === folded) ? ok(folded) : fail("unknown_click_id");
    case "referrer":
      return hostOf(folded);
  }
}

/** The matcher a campaign gets when none is given: its name as `utm_campaign` (product.md §3). Null for a blank name. */
export function defaultMatcher(name: string): { kind: "utm_campaign"; value: string } | null {
  const value = foldedField(name);
  return value === null ? null : { kind: "utm_campaign", value };
}

function pairOf(folded: string): Result<string, MatcherRefusal> {
  const parts = folded.split("/").map((part) => part.trim());
  const [source, medium] = parts;
  if (parts.length !== 2 || !source || !medium) return fail("not_a_pair");
  return ok(`${source} / ${medium}`);
}

function hostOf(folded: string): Result<string, MatcherRefusal> {
  const host = bareHost(
    folded
      .replace(/^[a-z][a-z0-9+.-]*:\/\//, "")
      .replace(/[/?#].*$/s, "")
      .replace(/:\d+$/, ""),
  );
  return HOST.test(host) ? ok(host) : fail("not_a_host");
}
