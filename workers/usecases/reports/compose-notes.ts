import type { Basis, FiguresBasis } from "#contract/analytics.ts";
import { currencyExponent } from "#core/money/currency-exponent.ts";
import { formatMajorUnits } from "#core/text/format-major-units.ts";
import { siteDay } from "#core/time/site-day.ts";

export type NoteFacts = { basis: FiguresBasis; range: { from: string; to: string }; generatedAt: Date };

/** A rollup is a minute behind at most when all is well: less is not worth a sentence. */
const WORTH_SAYING_MS = 5 * 60_000;

/** What a reader must know to read the figures right: days not over, hours not summed up, money left out. */
export function composeNotes({ basis, range, generatedAt }: NoteFacts): string[] {
  const today = siteDay(generatedAt.getTime(), basis.timeZone);
  const isOpen = range.to >= today;
  const behindMs = generatedAt.getTime() - Date.parse(basis.asOf);
  return [
    ...(isOpen ? ["The last day was not over when the report was made."] : []),
    ...(behindMs > WORTH_SAYING_MS
      ? [`Figures are as of ${basis.asOf.slice(0, 16).replace("T", " ")} UTC.`]
      : []),
    ...(basis.convertedCurrencies.length === 0
      ? []
      : [`Amounts in ${basis.convertedCurrencies.join(", ")} are converted with the rate of their day.`]),
    ...basis.otherCurrencies.map(leftOut),
  ];
}

function leftOut({ currency, revenueMinor, conversions }: Basis["otherCurrencies"][number]): string {
  const amount = formatMajorUnits(revenueMinor, currencyExponent(currency));
  const count = Math.round(conversions * 100) / 100;
  return `${amount} ${currency} from ${count} conversion${count === 1 ? "" : "s"} is in no figure: there is no exchange rate.`;
}
