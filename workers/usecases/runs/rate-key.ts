import { RATE_BASE } from "#core/money/exchange-rate.ts";
import type { RunObject } from "./run-object.ts";

/** Names what a run converted a currency's money of a day by: another name, another rate; null where it had none. */
export function rateKey({ rates, site }: Pick<RunObject, "rates" | "site">, day: string) {
  const known = new Map(
    rates.filter((rate) => rate.day === day).map(({ currency, rate }) => [currency, rate]),
  );
  const rateOf = (currency: string) => (currency === RATE_BASE ? "1" : (known.get(currency) ?? null));
  return (currency: string): string | null => {
    const [from, to] = [rateOf(currency), rateOf(site.currency)];
    return from === null || to === null ? null : `${from}/${to}`;
  };
}
