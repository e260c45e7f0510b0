/** Why a request to collect was turned away as a whole: none of its events is in the ledger. */
export const REFUSAL_CODES = [
  "unknown_site",
  "origin_not_allowed",
  "rate_limited",
  "no_consent",
  "invalid_json",
  "invalid_body",
  "body_too_large",
  "nothing_usable",
  "config_unavailable",
  "not_durable",
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Stands for requests that named no known site, where a site's number is asked for. */
export const NO_SITE = 0;
