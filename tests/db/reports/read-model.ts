import type { ReportKpi, ReportModel } from "#core/report/report-model.ts";
import type { ReportCampaignMoney, ReportSites } from "#core/report/report-tables.ts";

/** A figure of a report by its key. */
export function kpi({ kpis }: ReportModel, key: string): ReportKpi {
  const found = kpis.find((one) => one.key === key);
  if (!found) throw new Error(`There is no ${key}`);
  return found;
}

/** The value of a KPI that has one. */
export function figure(model: ReportModel, key: string): number {
  const { value } = kpi(model, key);
  if (value === null) throw new Error(`${key} has no value`);
  return value;
}

/** What rows earned together. */
export const sumOf = (rows: readonly { revenueMinor: number }[] | undefined) =>
  (rows ?? []).reduce((sum, { revenueMinor }) => sum + revenueMinor, 0);

/** The row of a campaign. */
export const rowOf = (model: ReportModel, name: string) => {
  const row = model.campaigns?.rows.find((one) => one.name === name);
  if (!row) throw new Error(`There is no row of ${name}`);
  return row;
};

/** What came back for a campaign's money. */
export function moneyOf(model: ReportModel, name: string): ReportCampaignMoney {
  const { money } = rowOf(model, name);
  if (!money) throw new Error(`${name} has no money of its own`);
  return money;
}

/** The table of sites. */
export function sitesOf({ sites }: ReportModel): ReportSites {
  if (!sites) throw new Error("There are no sites");
  return sites;
}
