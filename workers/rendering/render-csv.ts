import { currencyExponent } from "#core/money/currency-exponent.ts";
import type { ReportDay, ReportModel } from "#core/report/report-model.ts";
import { formatMajorUnits } from "#core/text/format-major-units.ts";

import { csvBytes } from "./csv/csv-text.ts";
import type { CsvCell, Decimal } from "#core/text/csv-line.ts";

/**
 * The report's days as one flat table: a line for each day of the site, oldest first.
 * `day, site, campaign, visitors, clicks, impressions, conversions, revenue, spend, currency`; days are ISO 8601,
 * amounts major units with a point, `spend` is empty where none was entered. Files of several reports can be joined.
 */
export function renderCsv(model: ReportModel): Uint8Array {
  const header = [
    "day",
    "site",
    "campaign",
    "visitors",
    "clicks",
    "impressions",
    "conversions",
    "revenue",
    "spend",
  ];
  return csvBytes(
    [...header, "currency"],
    model.days.map((day) => dayCells(model, day)),
  );
}

/** Attribution as one flat table: a line for each campaign (or channel) and model, `(unattributed)` included. */
export function renderAttributionCsv(model: ReportModel): Uint8Array {
  const { by, models, rows, unattributed } = model.attribution;
  const money = moneyCell(model.currency);
  const all = [...rows, { label: "(unattributed)", credits: unattributed }];
  const lines = all.flatMap(({ label, credits }) =>
    models.map((name): CsvCell[] => {
      const { conversions, revenueMinor } = credits[name];
      return [label, name, conversions, money(revenueMinor), model.currency];
    }),
  );
  return csvBytes([by, "model", "conversions", "revenue", "currency"], lines);
}

function dayCells(model: ReportModel, day: ReportDay): CsvCell[] {
  const money = moneyCell(model.currency);
  return [
    day.day,
    model.siteName,
    model.campaignName,
    day.visitors,
    day.clicks,
    day.impressions,
    day.conversions,
    money(day.revenueMinor),
    day.spendMinor === null ? null : money(day.spendMinor),
    model.currency,
  ];
}

function moneyCell(currency: string): (minor: number) => Decimal {
  const exponent = currencyExponent(currency);
  return (minor) => ({ decimal: formatMajorUnits(minor, exponent) });
}
