import { overRevenue, overSpend, ratio, type Figures, type Ratio } from "./ratios.ts";

/** Figures with what is left of revenue after the cost of goods, minor units; null when no margin is known. */
export type MarginFigures = Figures & {
  grossProfitMinor: number | null;
  /** Gross profit ÷ revenue, 0..1; of what is known beforehand where nothing was earned. */
  margin: number | null;
};

/** A part of revenue with the margin that holds for it, per cent to a hundredth; null when nobody said. */
export type MarginPart = { revenueMinor: number; marginPercent: number | null };

const WHOLE = 10_000;

/** margin × revenue, each part rounded to the minor unit. Null where a part that earned has no margin. */
export function grossProfitOf(parts: readonly MarginPart[]): number | null {
  let sum = 0;
  for (const { revenueMinor, marginPercent } of parts) {
    if (marginPercent !== null) sum += Math.round((revenueMinor * Math.round(marginPercent * 100)) / WHOLE);
    else if (revenueMinor !== 0) return null;
  }
  return parts.some(({ marginPercent }) => marginPercent !== null) ? sum : null;
}

/** ROI with margin = (margin · revenue − spend) / spend (product.md §6). */
export function roiWithMargin(figures: MarginFigures): Ratio {
  const { grossProfitMinor } = figures;
  return overRevenue(figures, () =>
    overSpend(figures, (spendMinor) =>
      grossProfitMinor === null
        ? { value: null, reason: "no_margin" }
        : ratio(grossProfitMinor - spendMinor, spendMinor, "no_spend"),
    ),
  );
}

/** The ROAS at which gross profit just pays for spend: 1 / margin, which is weighed by what each campaign earned. */
export function breakEvenRoas(figures: MarginFigures): Ratio {
  const { margin } = figures;
  return overRevenue(figures, () =>
    margin === null || margin <= 0
      ? { value: null, reason: "no_margin" }
      : { value: 1 / margin, reason: null },
  );
}

/** The most a conversion may cost: gross profit / conversions = margin × AOV, minor units. */
export function breakEvenCpa(figures: MarginFigures): Ratio {
  const { grossProfitMinor, conversions } = figures;
  return overRevenue(figures, () =>
    grossProfitMinor === null
      ? { value: null, reason: "no_margin" }
      : ratio(grossProfitMinor, conversions, "no_conversions"),
  );
}
