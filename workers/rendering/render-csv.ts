import type { ReportModel } from "#core/report/report-model.ts";

import { attributionTable, basisTable, journeyLengthTable, journeyTable } from "./csv/csv-journeys.ts";
import { campaignTable, channelTable, dayTable, kpiTable, siteTable } from "./csv/csv-tables.ts";
import { csvBytes, csvPieces } from "./csv/csv-text.ts";
import type { CsvTable } from "./csv/csv-text.ts";
import { writeZip } from "./zip/write-zip.ts";

/** `zip` when the report has several sections: a file for each, and one for how it was computed. */
export type RenderedCsv = { bytes: Uint8Array<ArrayBuffer>; extension: "csv" | "zip" };

type NamedTable = { name: string; table: CsvTable };

/**
 * The report's tables for programs and spreadsheets: names of columns are English whatever the report's language, so that
 * files of several reports can be joined; days are ISO 8601, amounts major units with a point, empty is unknown and never
 * 0. No line is a total.
 */
export async function renderCsv(model: ReportModel): Promise<RenderedCsv> {
  const tables = sectionTables(model);
  const [only, second] = tables;
  if (only !== undefined && second === undefined) return { bytes: csvBytes(only.table), extension: "csv" };
  const all = [...tables, { name: "how-computed", table: basisTable(model) }];
  const entries = all.map(({ name, table }) => ({ path: `${name}.csv`, content: csvPieces(table) }));
  return { bytes: await writeZip(entries), extension: "zip" };
}

/** In the order of the report; its days where it has no other section. */
function sectionTables(model: ReportModel): NamedTable[] {
  const tables = model.sections.flatMap((section) => tablesOf(section, model));
  return tables.length === 0 ? [{ name: "days", table: dayTable(model) }] : tables;
}

function tablesOf(section: ReportModel["sections"][number], model: ReportModel): NamedTable[] {
  const { currency, sites, channels, campaigns, attribution, journeys } = model;
  switch (section) {
    case "kpis":
      return [{ name: "figures", table: kpiTable(model) }];
    case "chart":
      return [{ name: "days", table: dayTable(model) }];
    case "sites":
      return named("sites", sites, (section) => siteTable(section, currency));
    case "channels":
      return named("channels", channels, (section) => channelTable(section, currency));
    case "campaigns":
      return named("campaigns", campaigns, (section) => campaignTable(section, currency));
    case "attribution":
      return named("attribution", attribution, (section) => attributionTable(section, currency));
    case "journeys":
      return [
        ...named("journeys", journeys, (section) => journeyTable(section, currency)),
        ...named("journey-lengths", journeys, journeyLengthTable),
      ];
  }
}

function named<T>(name: string, section: T | null, toTable: (section: T) => CsvTable): NamedTable[] {
  return section === null ? [] : [{ name, table: toTable(section) }];
}
