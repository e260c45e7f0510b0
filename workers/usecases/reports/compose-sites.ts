import type { KpiFigures } from "#core/report/report-kpis.ts";
import type { ReportDay } from "#core/report/report-model.ts";
import type { ReportFigures, ReportSiteRow, ReportSites } from "#core/report/report-tables.ts";
import { groupRows } from "#core/lists/group-rows.ts";
import { paybackDays } from "#core/roi/payback-days.ts";
import { sumRows } from "./compose-campaigns.ts";
import { figuresOf, reportDays, viewOf, type RangeView } from "./range-figures.ts";
import type { SiteFacts } from "./site-facts.ts";

/** The sites of an account, each with its own data. */
export function composeSites(sites: readonly SiteFacts[]): ReportSites {
  const rows = sites.map(siteRow);
  return { rows, totals: totalsOf(unitedFigures(sites.map(currentView))) };
}

/** KPI figures as a row of totals. */
export function totalsOf(figures: KpiFigures): ReportFigures {
  const { visitors, clicks, impressions, conversions, revenueMinor, isRevenueForeign } = figures;
  return {
    visitors,
    clicks,
    impressions,
    conversions,
    revenueMinor,
    isRevenueForeign,
    spendMinor: figures.isSpendForeign ? null : figures.spendMinor,
  };
}

function siteRow(site: SiteFacts): ReportSiteRow {
  const figures = figuresOf(currentView(site));
  const { previous } = site;
  return {
    name: site.question.site.name,
    ...totalsOf(figures),
    previousRevenueMinor: previous && figuresOf(viewOf(previous, site)).revenueMinor,
    leftOutCurrency: leftOutCurrency(site),
  };
}

/** The site's own currency where some of its money could not be told in the report's. */
export function leftOutCurrency({ question, current }: SiteFacts): string | null {
  const { currency } = question.site;
  if (currency === question.currency) return null;
  const { credit, spend } = current.facts;
  const isLeft = [...credit, ...spend].some((row) => row.currency === currency);
  return isLeft ? currency : null;
}

function currentView(site: SiteFacts): RangeView {
  return viewOf(site.current, site);
}

/** Figures of several sites as one. Visitors of two sites are two. */
export function unitedFigures(views: readonly RangeView[]): KpiFigures {
  const all = views.map(figuresOf);
  const [only] = all;
  if (all.length === 1 && only) return only;
  const grossProfits = all.filter(
    ({ revenueMinor, grossProfitMinor }) => revenueMinor !== 0 || grossProfitMinor !== null,
  );
  const isKnown =
    grossProfits.length > 0 && grossProfits.every(({ grossProfitMinor }) => grossProfitMinor !== null);
  const grossProfitMinor = isKnown
    ? grossProfits.reduce((sum, figures) => sum + (figures.grossProfitMinor ?? 0), 0)
    : null;
  const sums = sumRows(all);
  const isSpendForeign = all.some((figures) => figures.isSpendForeign);
  const isRevenueForeign = all.some((figures) => figures.isRevenueForeign);
  return {
    ...sums,
    isSpendForeign,
    isRevenueForeign,
    grossProfitMinor,
    margin: grossProfitMinor !== null && sums.revenueMinor > 0 ? grossProfitMinor / sums.revenueMinor : null,
    paybackDays:
      isSpendForeign || isRevenueForeign
        ? { value: null, reason: "currency_mismatch" }
        : isKnown
          ? { value: null, reason: "no_data" }
          : paybackDays(unitedDays(views).map(paybackDay)),
  };
}

function paybackDay({ day, revenueMinor, spendMinor }: ReportDay) {
  return { day, earnedMinor: revenueMinor, spendMinor };
}

/** The days of several sites, each site's its own. */
export function unitedDays(views: readonly RangeView[]): ReportDay[] {
  const [only] = views;
  if (views.length === 1 && only) return reportDays(only);
  const byDay = groupRows(views.flatMap(reportDays), ({ day }) => day);
  return [...byDay].map(([day, rows]) => ({ day, ...sumRows(rows) }));
}
