import type { DirectRule, Model } from "#contract/analytics.ts";
import type { Databases } from "#db/database.ts";
import type { Clock } from "#platform/clock.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";

export type AnalyticsDeps = { databases: Databases; clock: Clock };

/** What every question about figures says; days are the site's. */
export type AnalyticsInput = {
  site: Pick<SiteRef, "siteId" | "publicId" | "database">;
  from: string;
  to: string;
  compare: "previous" | "none";
  model: Model;
  lookbackDays: number;
  direct: DirectRule;
};

/** `invalid_range`: `from` lies after `to`, or the range is longer than 800 days. */
export type AnalyticsFailure = { kind: "invalid_range" } | { kind: "not_found" };

export const MAX_RANGE_DAYS = 800;
