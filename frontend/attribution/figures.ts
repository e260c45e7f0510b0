import type { MissingBase } from "#contract/analytics.ts";
import type {
  AttributionModel,
  AttributionReady,
  AttributionRow,
  Interval,
  ModelCredit,
  Spread,
} from "#contract/attribution.ts";
import { creditSpread } from "#core/attribution/model-spread.ts";
import { sumsToTotal } from "#core/attribution/models.ts";
import { formatMoney, formatMoneyShort } from "#frontend/format/money.ts";
import {
  formatCount,
  formatCredit,
  formatMultiple,
  formatShare,
  formatTenths,
} from "#frontend/format/number.ts";

export const FIGURE_KEYS = ["conversions", "revenue", "cpa", "roas", "roi"] as const;
export type FigureKey = (typeof FIGURE_KEYS)[number];

export type Figure = {
  key: FigureKey;
  label: string;
  explanation: string;
  /** Whether rows add up to a total; ratios do not. */
  isSum: boolean;
  /** It needs to know what the group cost. */
  needsSpend: boolean;
  read: (credit: ModelCredit) => Reading;
  format: (value: number, currency: string) => string;
};

/** Parts of a conversion add up to whole ones but for this. */
const ROUNDING = 1e-6;

/** One figure of one row under one model. */
export type Reading = { value: number | null; interval: Interval | null; missing: MissingBase | null };

/** Whole units of the currency a conversion would be noise here: cost and value are read to the cent. */
const FIGURES: Readonly<Record<FigureKey, Figure>> = {
  conversions: {
    key: "conversions",
    label: "Conversions",
    explanation: "How many of the conversions the model gives to each; parts of one are possible.",
    isSum: true,
    needsSpend: false,
    read: (credit) => ({
      value: credit.conversions,
      interval: credit.conversionsInterval,
      missing: null,
    }),
    format: formatCredit,
  },
  revenue: {
    key: "revenue",
    label: "Revenue",
    explanation: "What these conversions brought after refunds, shared out to the cent.",
    isSum: true,
    needsSpend: false,
    read: (credit) => ({ value: credit.revenueMinor, interval: credit.revenueInterval, missing: null }),
    // The ends of an interval are no whole cents.
    format: (value, currency) => formatMoney(Math.round(value), currency),
  },
  cpa: {
    key: "cpa",
    label: "CPA",
    explanation: "Cost per acquisition: spend ÷ conversions. Lower is better.",
    isSum: false,
    needsSpend: true,
    read: ({ cpa, cpaInterval }) => ({ value: cpa.value, interval: cpaInterval, missing: cpa.reason }),
    format: (value, currency) => formatMoney(Math.round(value), currency),
  },
  roas: {
    key: "roas",
    label: "ROAS",
    explanation: "Return on ad spend: revenue ÷ spend. 1.00× brings back what was spent.",
    isSum: false,
    needsSpend: true,
    read: ({ roas, roasInterval }) => ({ value: roas.value, interval: roasInterval, missing: roas.reason }),
    format: (value) => formatMultiple(value),
  },
  roi: {
    key: "roi",
    label: "ROI",
    explanation: "Return on investment: (revenue − spend) ÷ spend. Above 0 % it earns more than it costs.",
    isSum: false,
    needsSpend: true,
    read: ({ roi, roiInterval }) => ({ value: roi.value, interval: roiInterval, missing: roi.reason }),
    format: (value) => formatShare(value),
  },
};

export function figureOf(key: string | undefined): Figure {
  return FIGURES[FIGURE_KEYS.find((candidate) => candidate === key) ?? "conversions"];
}

/** Parts of conversions to the tenth, unless the whole column has none: first and last touch give whole ones. */
export function columnFormat(
  figure: Figure,
  values: readonly (number | null)[],
  currency: string,
): (value: number) => string {
  if (figure.key !== "conversions") return (value) => figure.format(value, currency);
  const isWhole = values.every((value) => value === null || Math.abs(value - Math.round(value)) < ROUNDING);
  return isWhole ? formatCount : formatTenths;
}

/** Figures in a sentence, where more digits would only be in the way. */
export function shortFormat(figure: Figure, currency: string): (value: number) => string {
  if (figure.key === "conversions")
    return (value) => (Math.abs(value) < 10 ? formatCredit(Math.round(value * 10) / 10) : formatCount(value));
  if (figure.key === "revenue" || figure.key === "cpa")
    return (value) => formatMoneyShort(Math.round(value), currency);
  return (value) => figure.format(value, currency);
}

/** "161–424", with the unit once where it stands behind the number. */
export function rangeText(low: number, high: number, format: (value: number) => string): string {
  const [from, to] = [format(low), format(high)];
  if (from === to) return to;
  const unit = /[×%]$/.exec(to)?.[0] ?? "";
  return `${unit && from.endsWith(unit) ? from.slice(0, -1) : from}–${to}`;
}

/** The lowest and the highest figure over the models shown that share out one total. Null where it cannot be told. */
export type FigureSpread = Spread;

/**
 * How far apart the models that are shown are on a row. That of a ratio is that of its base over the same spend, and a low
 * count is a high cost. Null for fewer than two models that can be compared, and for a ratio without spend.
 */
export function spreadOf(
  { credits, spendMinor }: Pick<AttributionRow, "credits" | "spendMinor">,
  key: FigureKey,
  models: readonly AttributionModel[],
): FigureSpread | null {
  const spread = spreadOfModels(credits, models);
  if (spread === null) return null;
  const { conversions, revenueMinor: revenue } = spread;
  if (key === "conversions") return conversions;
  if (key === "revenue") return revenue;
  if (spendMinor === null || spendMinor === 0) return null;
  if (key === "cpa") {
    if (conversions.low <= 0) return null;
    const { low, high, verdict } = conversions;
    return { low: spendMinor / high, high: spendMinor / low, verdict };
  }
  if (Object.values(credits).some(({ isRevenueForeign }) => isRevenueForeign)) return null;
  const base = key === "roas" ? 0 : spendMinor;
  return {
    low: (revenue.low - base) / spendMinor,
    high: (revenue.high - base) / spendMinor,
    verdict: revenue.verdict,
  };
}

function spreadOfModels(
  credits: AttributionRow["credits"],
  models: readonly AttributionModel[],
): ReturnType<typeof creditSpread> {
  const told = models.filter(sumsToTotal).flatMap((model) => {
    const credit = credits[model];
    return credit ? [[model, credit] as const] : [];
  });
  return told.length < 2 ? null : creditSpread(new Map(told));
}

/** The figure of all rows together: the same under each model that shares out one total. */
export function totalOf({ totals }: AttributionReady, key: FigureKey): number | null {
  const { conversions, revenueMinor, spendMinor, isRevenueForeign } = totals;
  if (key === "conversions") return conversions;
  if (key === "revenue") return revenueMinor;
  if (key === "cpa") return spendMinor === null || conversions === 0 ? null : spendMinor / conversions;
  if (spendMinor === null || spendMinor === 0 || isRevenueForeign) return null;
  return (key === "roas" ? revenueMinor : revenueMinor - spendMinor) / spendMinor;
}

/** Why there is no ratio of all rows together. */
export function missingTotal({ totals, rows }: AttributionReady, key: FigureKey): MissingBase {
  const { spendMinor, isRevenueForeign, isSpendForeign = rows.some(hasForeignSpend) } = totals;
  const isOfRevenue = key === "roas" || key === "roi";
  if (isOfRevenue && isRevenueForeign) return "currency_mismatch";
  if (spendMinor === null && isSpendForeign) return "currency_mismatch";
  return isOfRevenue || spendMinor === null ? "no_spend" : "no_conversions";
}

/** CPA asks for spend alone, so that only spend without a rate is a mismatch to it. */
function hasForeignSpend({ credits }: AttributionRow): boolean {
  return Object.values(credits).some(({ cpa }) => cpa.reason === "currency_mismatch");
}
