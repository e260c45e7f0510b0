import { readFileSync } from "node:fs";

import type { Touch } from "#core/attribution/journey.ts";
import type { Visitor } from "#core/attribution/visitor-journeys.ts";
import type { Expectation } from "#tests/db/attribution/golden-data.ts";

/** `campaign_revenue_cents` is before the split in whole cents. */
export type GoldenExpectation = Expectation & { campaign_revenue_cents: Record<string, number> };

/** See tests/golden/README.md for what the files hold and mean. */
const FOLDER = new URL("../golden/", import.meta.url);

export function readGolden(name: string): string {
  return readFileSync(new URL(name, FOLDER), "utf8");
}

export function goldenJson<T>(name: string): T {
  return JSON.parse(readGolden(name)) as T;
}

/** The cells of each line but the header; no cell of these files has a comma in it. */
export function goldenRows(name: string): string[][] {
  const [, ...lines] = readGolden(name).trim().split("\n");
  return lines.map((line) => line.trim().split(","));
}

export function goldenExpectations(): GoldenExpectation[] {
  return goldenJson("expected_rules.json");
}

export type GoldenConversion = { id: string; atMs: number; cents: number };

/** The visitors of the golden events; ids are padded, so that as text they sort as the numbers do. */
export function goldenVisitors(by: "channel" | "campaign"): Visitor<GoldenConversion>[] {
  const visitors = new Map<string, { touches: Touch[]; conversions: GoldenConversion[] }>();
  const visitorOf = (id = "") => {
    const visitor = visitors.get(id) ?? { touches: [], conversions: [] };
    visitors.set(id, visitor);
    return visitor;
  };
  for (const row of goldenRows("touchpoints.csv")) visitorOf(row[1]).touches.push(touchOf(row, by));
  for (const row of goldenRows("conversions.csv")) visitorOf(row[1]).conversions.push(conversionOf(row));
  return [...visitors.values()];
}

function touchOf(row: string[], by: "channel" | "campaign"): Touch {
  const [id = "", , at = "", channel = "", campaign = ""] = row;
  const group = by === "channel" ? channel : campaign;
  return { id: padded(id), atMs: Number(at), rank: 0, group, isDirect: channel === "direct" };
}

function conversionOf([id = "", , at = "", cents = ""]: string[]): GoldenConversion {
  return { id: padded(id), atMs: Number(at), cents: Number(cents) };
}

function padded(id: string): string {
  return id.padStart(8, "0");
}

export type GoldenPath = { groups: string[]; conversions: number; value: number; nulls: number };

/** The journeys of the golden events, or of a hand case, whose rows are `[path, conversions, value, nulls]`. */
export function goldenPaths(
  rows: readonly (readonly (string | number)[])[] = goldenRows("paths.csv"),
): GoldenPath[] {
  return rows.map(([path = "", conversions, value, nulls]) => ({
    groups: String(path).split(" > "),
    conversions: Number(conversions),
    value: Number(value),
    nulls: Number(nulls),
  }));
}
