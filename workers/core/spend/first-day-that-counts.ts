import { monthStart } from "#core/time/calendar.ts";
import { addDays } from "#core/time/site-day.ts";
import { DEAL_MODEL } from "./deal.ts";

/**
 * The first day whose facts can change the figures of a range that begins on `from`: its lookback's, or that of what deals
 * of the month's first days are counted by.
 */
export function firstDayThatCounts(from: string, lookbackDays: number): string {
  const ofDeals = addDays(monthStart(from), -DEAL_MODEL.lookbackDays);
  const ofLookback = addDays(from, -lookbackDays);
  return ofDeals < ofLookback ? ofDeals : ofLookback;
}
