import { daysOf } from "#core/time/site-day.ts";
import { RATE_BASE, rateTable, type StoredRate } from "./exchange-rate.ts";

/** Units of a currency for one euro, as they hold on a day, whenever they were published. */
export type RateInForce = { day: string; currency: string; rate: string };

/** The rates that hold on each day of a closed range, of some currencies; days without one are missing. */
export function ratesInForce(
  stored: readonly StoredRate[],
  { currencies, from, to }: { currencies: readonly string[]; from: string; to: string },
): RateInForce[] {
  const table = rateTable(stored);
  const wanted = [...new Set(currencies)].filter((currency) => currency !== RATE_BASE).toSorted();
  return daysOf(from, to).flatMap((day) =>
    wanted.flatMap((currency) => {
      const found = table.on(currency, day);
      return found ? [{ day, currency, rate: found.rate }] : [];
    }),
  );
}
