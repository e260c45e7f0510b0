import { daysOf } from "#core/time/site-day.ts";
import { RATE_BASE, rateTable, type StoredRate } from "./exchange-rate.ts";

/** What turns a currency's minor units of a day into the wanted one: exact, as decimal texts. */
export type DayFactor = { day: string; currency: string; up: string; down: string };

/**
 * What turns the money of each day of a closed range into one currency, for every other currency that has a rate on the
 * day. Empty without rates: then there is nothing to convert, or nothing to convert it with.
 */
export function dayFactors(
  stored: readonly StoredRate[],
  { currency, from, to }: { currency: string; from: string; to: string },
): DayFactor[] {
  if (stored.length === 0) return [];
  const others = new Set([RATE_BASE, ...stored.map((rate) => rate.currency)]);
  others.delete(currency);
  const rates = rateTable(stored);
  return daysOf(from, to).flatMap((day) =>
    [...others].toSorted().flatMap((other) => {
      const factor = rates.factor(other, currency, day);
      return factor
        ? [{ day, currency: other, up: String(factor.numerator), down: String(factor.denominator) }]
        : [];
    }),
  );
}
