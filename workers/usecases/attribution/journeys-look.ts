import type { JourneysBasis } from "#contract/glass-box.ts";
import type { DayFactor } from "#core/money/day-factors.ts";
import type { Database } from "#db/database.ts";
import { loadJourneyMoney } from "#db/queries/attribution/load-journey-money.ts";
import type { AttributionQuestion } from "./attribution-question.ts";
import { convertedRevenue, factorsOf, stateKey } from "./settle-state.ts";

export type JourneysLook = {
  basis: JourneysBasis;
  /** What converts the money of each day. */
  factors: DayFactor[];
};

/** How a question about journeys is looked at; null for a site that is not there. */
export async function loadJourneysLook(
  db: Database,
  { siteId, now, question }: { siteId: number; now: Date; question: AttributionQuestion },
): Promise<JourneysLook | null> {
  const { options, type, customer } = question;
  const money = await loadJourneyMoney(db, stateKey({ ...question, siteId }));
  if (!money) return null;
  const factors = factorsOf(money, question);
  const { currency, timeZone, version, staleSince } = money;
  return {
    factors,
    basis: {
      ...options,
      type,
      customer,
      currency,
      timeZone,
      dataVersion: version,
      convertedCurrencies: convertedRevenue(money, factors),
      asOf: staleSince ?? now.toISOString(),
    },
  };
}
