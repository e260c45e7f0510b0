import readWorkbook from "read-excel-file/node";

import type { ReportModel } from "#core/report/report-model.ts";
import { readCsvRecords } from "#tests/rendering/read-csv.ts";
import { readPdf } from "#tests/rendering/read-pdf.ts";
import { readZip } from "#tests/rendering/read-zip.ts";
import { renderMailOf } from "#tests/rendering/render-mail-of.ts";

/** Figures as a file says them, money in minor units of a currency with hundredths; null: it says none. */
export type ReadFigures = { revenue: number | null; spend: number | null; conversions: number | null };

const CENTS = 100;

/** Of `figures.csv`. */
export function figuresOfCsv(zip: Uint8Array): ReadFigures {
  const records = readCsvRecords(readZip(zip).get("figures.csv") ?? new Uint8Array());
  const value = (key: string) => {
    const text = records.find(({ figure }) => figure === key)?.["value"] ?? "";
    return text === "" ? null : Number(text);
  };
  return {
    revenue: cents(value("revenue")),
    spend: cents(value("spend")),
    conversions: value("conversions"),
  };
}

/** What the lines of campaigns add up to, in CSV. */
export function campaignRevenueOfCsv(zip: Uint8Array): number {
  const records = readCsvRecords(readZip(zip).get("campaigns.csv") ?? new Uint8Array());
  return records.reduce((sum, { revenue = "0" }) => sum + Math.round(Number(revenue) * CENTS), 0);
}

/** Of the sheet "Summary", as a second library reads it: a line for each figure, its value in the second column. */
export async function figuresOfWorkbook(bytes: Uint8Array): Promise<ReadFigures> {
  const sheets = await readWorkbook(Buffer.from(bytes));
  const rows = sheets.find(({ sheet }) => sheet === "Summary")?.data ?? [];
  const value = (name: string) => {
    const cells = rows.find(([first]) => first === name) ?? [];
    const number = cells.find((cell) => typeof cell === "number");
    return typeof number === "number" ? number : null;
  };
  return {
    revenue: cents(value("Revenue")),
    spend: cents(value("Spend")),
    conversions: value("Conversions"),
  };
}

/** The texts that a mail's body must hold, and those that it lacks. */
export function missingInMail(model: ReportModel): string[] {
  const { text, html } = renderMailOf(model);
  const revenue = model.kpis.find(({ key }) => key === "revenue")?.value ?? 0;
  const written = writtenMoney(revenue, model.currency);
  return [text, html].flatMap((body) => (body.includes(written) ? [] : [written]));
}

/** The texts that a PDF must hold, and those that it lacks. */
export async function missingInPdf(model: ReportModel, bytes: Uint8Array): Promise<string[]> {
  const { text } = await readPdf(bytes);
  const revenue = model.kpis.find(({ key }) => key === "revenue")?.value ?? 0;
  const rows = [...(model.campaigns?.rows ?? []), ...(model.sites?.rows ?? [])];
  const amounts = [revenue, ...rows.map(({ revenueMinor }) => revenueMinor)];
  return amounts
    .map((minor) => writtenMoney(minor, model.currency))
    .filter((written) => !text.includes(written));
}

/** An amount as a British reader writes it. */
export function writtenMoney(minor: number, currency: string): string {
  return new Intl.NumberFormat("en-GB", { style: "currency", currency }).format(minor / CENTS);
}

function cents(value: number | null): number | null {
  return value === null ? null : Math.round(value * CENTS);
}
