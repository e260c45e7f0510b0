import { addDays, daysBetween, siteDay } from "#core/time/site-day.ts";

const DAY_MS = 86_400_000;
/** The ECB publishes about 16:00 in Frankfurt: by 16:00 UTC in any season. */
const PUBLISHED_AFTER_MS = 16 * 3_600_000;
const A_MONDAY = "2001-01-01";
const WORKDAYS = 5;

/**
 * The latest day for which the ECB should have published rates at an instant (epoch ms): a weekday. On a bank holiday
 * there are none.
 */
export function expectedRatesDay(nowMs: number): string {
  const isPublished = nowMs % DAY_MS >= PUBLISHED_AFTER_MS;
  const day = siteDay(nowMs - (isPublished ? 0 : DAY_MS), "UTC");
  const weekday = daysBetween(A_MONDAY, day) % 7;
  return addDays(day, Math.min(0, WORKDAYS - 1 - weekday));
}
