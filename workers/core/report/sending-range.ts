import { localDay } from "#core/time/local-time.ts";
import { rollingRange, type RollingPeriod } from "./rolling-period.ts";
import type { Sending, Timing } from "./schedule-times.ts";

/** What a cadence reports on unless it was said: the whole period before. */
export const DEFAULT_COVERS = {
  daily: "yesterday",
  weekly: "last_week",
  monthly: "last_month",
  quarterly: "last_quarter",
} as const satisfies Record<Timing["cadence"], RollingPeriod>;

/**
 * The days that a sending reports on, counted back from its day. Where it is not that day yet at a site (zones of sites
 * may lie behind the schedule's) they are counted back from the site's, so that no day is reported on that still runs.
 */
export function sendingRange(
  { day, atMs }: Sending,
  covers: RollingPeriod,
  siteZones: readonly string[],
): { from: string; to: string } {
  const days = [day, ...siteZones.map((timeZone) => localDay(atMs, timeZone))];
  return rollingRange(
    covers,
    days.reduce((least, one) => (one < least ? one : least)),
  );
}
