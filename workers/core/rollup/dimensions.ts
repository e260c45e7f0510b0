/** What a rollup is broken down by, beside its whole (`all`). Open ones hold whatever the sender wrote. */
export const DIMENSIONS = [
  "campaign",
  "channel",
  "utm_source",
  "utm_medium",
  "utm_content",
  "utm_term",
  "landing_page",
  "country",
  "device",
  "browser",
  "os",
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/**
 * All that a period is kept by: beside the dimensions the whole, and short links by their slug. What came through no link
 * has no value there: the values of `link` do not add up to the whole, and only the site as a whole has them.
 */
export type KeptDimension = Dimension | "all" | "link";

/** Whose figures: the site's, one campaign's or one channel's. One filter so crosses every dimension. */
export type Scope = "site" | "campaign" | "channel";

/** A scope keeps its values with the most visitors in a period; the rest is one row under this value. */
export const MOST_VALUES = 1_000;
/** No text that a sender may write: control characters never begin a stored value of a dimension. */
export const OTHER_VALUE = "\u0001other";

/** Periods that are rolled up as one: the longer ones are put together of days once they are over. */
export const SPANS = ["day", "week", "month"] as const;
export type Span = (typeof SPANS)[number];

/** Ranges up to this many days are summed from hours, longer ones from days, weeks and months. */
export const HOURLY_RANGE_DAYS = 7;
