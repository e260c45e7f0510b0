import type { DirectRule, Model } from "#contract/analytics.ts";
import type { Comparison } from "#core/report/comparison-range.ts";
import type { Databases } from "#db/database.ts";
import type { Clock } from "#platform/clock.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";

export type AnalyticsDeps = { databases: Databases; clock: Clock };

/** What every question about figures says; days are the site's. */
export type AnalyticsInput = {
  site: Pick<SiteRef, "siteId" | "publicId" | "database">;
  from: string;
  to: string;
  compare: Comparison;
  model: Model;
  lookbackDays: number;
  direct: DirectRule;
  /** That all money is told in; absent: the site's. */
  currency?: string | undefined;
};

/** `invalid_range`: `from` lies after `to`, or the range is longer than 800 days. */
export type AnalyticsFailure = { kind: "invalid_range" } | { kind: "not_found" };

export const MAX_RANGE_DAYS = 800;
