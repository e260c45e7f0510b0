import { addDays } from "#core/time/site-day.ts";
import { currencyExponent } from "./currency-exponent.ts";

/** Units of `currency` for one euro on a day, as the ECB publishes them: an exact decimal, `"1.0843"`. */
export type DailyRate = {
  currency: string;
  /** `YYYY-MM-DD` on which it was published. */
  day: string;
  rate: string;
  /** Where it comes from: `ECB`, a file's name. */
  source: string;
};

/** An account's own rates go before the shared ones. */
export type StoredRate = DailyRate & { isOwn: boolean };

/** The one currency that needs no rate: all others are told in it. */
export const RATE_BASE = "EUR";

/** How old a published rate may be: over a weekend and the longest run of bank holidays. */
export const MAX_RATE_AGE_DAYS = 7;

/** Minor units of one currency for a minor unit of another: an exact fraction. */
export type ExchangeFactor = { numerator: bigint; denominator: bigint };

export type RateTable = {
  /** The rate that holds on a day: that of the last published day on or before it; null when there is none in 7 days. */
  on(currency: string, day: string): DailyRate | null;
  /** What turns minor units of one currency into minor units of another on a day; null without a rate. */
  factor(from: string, to: string, day: string): ExchangeFactor | null;
};

/** Rates by currency and day. Two layers: within the seven days an account's own rate wins over the shared one. */
export function rateTable(rates: readonly StoredRate[]): RateTable {
  const published = new Map<string, StoredRate>();
  for (const rate of rates) published.set(keyOf(rate.isOwn, rate.currency, rate.day), rate);

  const on: RateTable["on"] = (currency, day) => {
    if (currency === RATE_BASE) return { currency, day, rate: "1", source: RATE_BASE };
    return latest(true, currency, day) ?? latest(false, currency, day);
  };
  const latest = (isOwn: boolean, currency: string, day: string): DailyRate | null => {
    for (let age = 0; age <= MAX_RATE_AGE_DAYS; age += 1) {
      const found = published.get(keyOf(isOwn, currency, addDays(day, -age)));
      if (found) return found;
    }
    return null;
  };
  return { on, factor: remembered((from, to, day) => factorOf(on(from, day), on(to, day))) };
}

/** A rate as whole numbers: "1.0843" is 10843 / 10000. Null for what is no positive decimal. */
export function parseRate(text: string): { units: bigint; scale: bigint } | null {
  const match = /^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text);
  if (!match) return null;
  const [, whole = "0", fraction = ""] = match;
  const units = BigInt(whole + fraction);
  return units === 0n ? null : { units, scale: 10n ** BigInt(fraction.length) };
}

/** from minor → euros → to minor: (to rate / from rate) × 10^(exponent of to − exponent of from). */
function factorOf(from: DailyRate | null, to: DailyRate | null): ExchangeFactor | null {
  const [fromRate, toRate] = [from && parseRate(from.rate), to && parseRate(to.rate)];
  if (!from || !to || !fromRate || !toRate) return null;
  return {
    numerator: toRate.units * fromRate.scale * 10n ** BigInt(currencyExponent(to.currency)),
    denominator: fromRate.units * toRate.scale * 10n ** BigInt(currencyExponent(from.currency)),
  };
}

function keyOf(isOwn: boolean, currency: string, day: string): string {
  return `${isOwn ? "own" : "shared"} ${currency} ${day}`;
}

/** Thousands of rows share a few hundred days. */
function remembered(work: RateTable["factor"]): RateTable["factor"] {
  const known = new Map<string, ExchangeFactor | null>();
  return (from, to, day) => {
    const key = `${from} ${to} ${day}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const factor = work(from, to, day);
    known.set(key, factor);
    return factor;
  };
}
