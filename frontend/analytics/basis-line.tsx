import type { Basis } from "#contract/analytics.ts";
import { formatClock } from "#frontend/format/date.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Notice } from "#frontend/parts/notice.tsx";
import { MODELS } from "#frontend/state/analytics-view.ts";

type LineProps = {
  basis: Omit<Basis, "model" | "otherCurrencies"> & {
    model?: Basis["model"];
    convertedCurrencies?: readonly string[];
  };
  /** Of the visitors shown above; null where they are exact. */
  visitorsMargin?: number | null;
};

/** How the figures above were computed. */
export function BasisLine({ basis, visitorsMargin = null }: LineProps) {
  const { convertedCurrencies = [] } = basis;
  const model = MODELS.find((candidate) => candidate.value === basis.model)?.label;
  const facts = [
    ...(model ? [`${model} attribution`] : []),
    basis.lookbackDays === 1 ? "1 day lookback" : `${basis.lookbackDays} days lookback`,
    basis.direct === "keep" ? "direct counts" : "direct only when alone",
    basis.currency,
    ...(convertedCurrencies.length === 0 ? [] : [`${convertedCurrencies.join(", ")} by the rate of the day`]),
    basis.timeZone,
    ...(visitorsMargin === null ? [] : [`visitors ± ${formatCount(visitorsMargin)}`]),
    `as of ${formatClock(basis.asOf, basis.timeZone).slice(0, 5)}`,
  ];
  return <p class="asof">{facts.join(" · ")}</p>;
}

/** Revenue that is in no amount, because nobody said what it is worth in the site's currency. */
export function OtherCurrencies({ basis }: { basis: Pick<Basis, "otherCurrencies" | "currency"> }) {
  if (basis.otherCurrencies.length === 0) return null;
  const amounts = basis.otherCurrencies
    .map((other) => formatMoney(other.revenueMinor, other.currency))
    .join(", ");
  return (
    <Notice tone="warn" title={`${amounts} is not in this revenue.`}>
      There is no rate to {basis.currency} for its days, so nothing is guessed: its conversions count, and
      what is worked out of revenue is a dash where they are. Add a rate on the page Spend.
    </Notice>
  );
}
