import type { ReportNote } from "#core/report/report-basis.ts";
import type { ReportJourney, ReportJourneys } from "#core/report/report-journeys.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import type { ReportAttribution } from "#core/report/report-tables.ts";
import type { CsvCell } from "#core/text/csv-line.ts";

import { asIs, intervalCells, KIND_NAMES, moneyCell } from "./csv-cells.ts";
import { yesNo } from "./csv-tables.ts";
import type { CsvTable } from "./csv-text.ts";

/** A line for each campaign (or channel) and model, what no touchpoint earned included: a column adds up by model. */
export function attributionTable({ by, models, rows }: ReportAttribution, currency: string): CsvTable {
  const money = moneyCell(currency);
  const intervals = ["conversions_low_95", "conversions_high_95", "revenue_low_95", "revenue_high_95"];
  return {
    header: ["kind", by, "model", "conversions", "revenue", ...intervals, "verdict", "too_few", "currency"],
    rows: rows.flatMap((row) =>
      row.credits.map((credit, index): CsvCell[] => [
        row.kind,
        row.kind === "group" ? row.name || row.key : KIND_NAMES[row.kind],
        models[index] ?? null,
        credit.conversions,
        money(credit.revenueMinor),
        ...intervalCells(credit.conversionsInterval, asIs),
        ...intervalCells(credit.revenueInterval, money),
        row.verdict,
        yesNo(row.tooFew),
        currency,
      ]),
    ),
  };
}

/** A line for each way with the most conversions; the last one is all others together. */
export function journeyTable({ top, others }: ReportJourneys, currency: string): CsvTable {
  const money = moneyCell(currency);
  return {
    header: ["path", "is_shortened", "ways", "conversions", "revenue", "currency"],
    rows: [
      ...top.map((journey): CsvCell[] => [
        pathText(journey),
        yesNo(journey.isShortened),
        1,
        journey.conversions,
        money(journey.revenueMinor),
        currency,
      ]),
      [KIND_NAMES.others, "no", others.ways, others.conversions, money(others.revenueMinor), currency],
    ],
  };
}

function pathText({ path }: ReportJourney): string {
  if (path.length === 0) return KIND_NAMES.unattributed;
  return path.map(({ kind, key, name }) => (kind === "group" ? name || key : KIND_NAMES[kind])).join(" > ");
}

/** Conversions by the number of touchpoints before them; `to` is empty for "and more". */
export function journeyLengthTable({ lengths }: ReportJourneys): CsvTable {
  return {
    header: ["touchpoints_from", "touchpoints_to", "conversions"],
    rows: lengths.map(({ min, max, conversions }) => [min, max, conversions]),
  };
}

/** How the figures came about, as names and values; `of` says of what, where there are several. */
export function basisTable({ howComputed: how, range, generatedAt }: ReportModel): CsvTable {
  const rows: CsvCell[][] = [
    ["model", null, how.model],
    ["lookback_days", null, how.lookbackDays],
    ["direct_rule", null, how.directRule],
    ["from", null, range.from],
    ["to", null, range.to],
    ["time_zone", null, range.timeZone],
    ["currency", null, how.currency],
    ...how.rates.map(({ from, to, currency, rate }) => ["rate", `${currency} ${from}/${to}`, rate]),
    ...how.dataVersions.map(({ siteName, dataVersion }) => ["data_version", siteName, dataVersion]),
    ["attribution_run", null, how.runId],
    ["unattributed_share", "conversions", how.unattributedShare.conversions],
    ["unattributed_share", "revenue", how.unattributedShare.revenue],
    ["margin_percent", null, how.marginPercent],
    ...how.notes.flatMap((note) => noteCells(note)),
    ["generated_at", null, generatedAt],
  ];
  return { header: ["fact", "of", "value"], rows };
}

function noteCells(note: ReportNote): CsvCell[][] {
  switch (note.kind) {
    case "last_day_open":
    case "no_daily_credit":
      return [[note.kind, null, "yes"]];
    case "as_of":
      return [[note.kind, null, note.at]];
    case "text":
      return [["note", null, note.text]];
    case "converted":
      return [[note.kind, null, note.currencies.join(" ")]];
    case "left_out":
      return [
        ["left_out_revenue", note.currency, moneyCell(note.currency)(note.revenueMinor)],
        ["left_out_conversions", note.currency, note.conversions],
      ];
    case "other_zones":
      return [[note.kind, null, note.siteNames.join("; ")]];
    case "visitors_estimated":
      return [[note.kind, "margin", note.margin]];
  }
}
