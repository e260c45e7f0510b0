import type { DayFactor } from "#core/money/day-factors.ts";
import { currencyExponent } from "#core/money/currency-exponent.ts";
import { addDays } from "#core/time/site-day.ts";

import type { ReportRate } from "./report-basis.ts";

/** As many digits as a published rate has. */
const DIGITS = 6;

/**
 * What amounts were converted with: for each of the currencies that occurred the units of the report's currency for one of
 * it, days with the same rate as one line. Days without a rate are missing.
 */
export function reportRates(
  factors: readonly DayFactor[],
  { currency, occurred }: { currency: string; occurred: readonly string[] },
): ReportRate[] {
  const wanted = [...new Set(occurred)].toSorted();
  return wanted.flatMap((other) => {
    const lines: ReportRate[] = [];
    for (const factor of factors.filter((one) => one.currency === other)) {
      const rate = rateOf(factor, currency);
      const last = lines.at(-1);
      const goesOn = last?.rate === rate && addDays(last.to, 1) === factor.day;
      if (last && goesOn) lines[lines.length - 1] = { ...last, to: factor.day };
      else lines.push({ from: factor.day, to: factor.day, currency: other, rate });
    }
    return lines;
  });
}

/** Of whole units: a factor is of minor ones. */
function rateOf({ up, down, currency: from }: DayFactor, to: string): string {
  const minor = Number((BigInt(up) * 10n ** 12n) / BigInt(down)) / 1e12;
  const rate = minor * 10 ** (currencyExponent(from) - currencyExponent(to));
  return String(Number(rate.toPrecision(DIGITS)));
}
