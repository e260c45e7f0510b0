import type { DistributionBar } from "#contract/journeys.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount, formatShare } from "#frontend/format/number.ts";
import { tipHandlers } from "#frontend/parts/tooltip.tsx";
import { sumOf } from "#frontend/analytics/totals.ts";

type DistributionProps = {
  label: string;
  unit: string;
  bars: readonly DistributionBar[];
  nameOf: (bar: DistributionBar) => string;
  currency: string;
};

/** Upright bars with their share above; behind them a table for those who do not see them. */
export function Distribution({ label, unit, bars, nameOf, currency }: DistributionProps) {
  const total = sumOf(bars, ({ conversions }) => conversions);
  const most = Math.max(1, ...bars.map(({ conversions }) => conversions));
  const share = (bar: DistributionBar) => formatShare(total === 0 ? null : bar.conversions / total);
  const last = bars.findLastIndex(({ conversions }) => conversions > 0);
  const shown = bars.slice(0, Math.max(3, last + 1));
  return (
    <figure>
      <div class="bars" aria-hidden="true">
        {shown.map((bar) => (
          <div
            key={nameOf(bar)}
            class="bars-column"
            {...tipHandlers(
              `${nameOf(bar)} ${unit}: ${formatCount(bar.conversions)} conversions (${share(bar)}), ${formatMoney(bar.revenueMinor, currency)}`,
            )}
          >
            <span class="bars-share num">{percentText(bar.conversions, total)}</span>
            <span class="bars-bar" style={{ height: `${(bar.conversions / most) * 120}px` }} />
            <span class="bars-name num">{nameOf(bar)}</span>
          </div>
        ))}
      </div>
      <table class="sr-only">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{unit}</th>
            <th scope="col">Conversions</th>
            <th scope="col">Share</th>
            <th scope="col">Revenue</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={nameOf(bar)}>
              <th scope="row">{nameOf(bar)}</th>
              <td>{formatCount(bar.conversions)}</td>
              <td>{share(bar)}</td>
              <td>{formatMoney(bar.revenueMinor, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** Whole percents: a dozen of them stand side by side. */
function percentText(part: number, total: number): string {
  if (part === 0 || total === 0) return "";
  const percent = (part / total) * 100;
  return percent < 1 ? "<1%" : `${Math.round(percent)}%`;
}
