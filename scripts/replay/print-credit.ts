import type { AttributionReady } from "#contract/attribution.ts";

/** The attribution table as text: conversions and revenue of each campaign under each model. */
export function creditTable({ rows, totals, basis }: AttributionReady): string {
  const models = ["first", "last", "linear"] as const;
  const header = ["campaign", ...models.flatMap((model) => [model, `${model} ${basis.currency}`])];
  const lines = rows.map((row) => [
    row.name,
    ...models.flatMap((model) => [
      conversions(row.credits[model]?.conversions ?? 0),
      money(row.credits[model]?.revenueMinor ?? 0),
    ]),
  ]);
  const sum = [
    "total",
    ...models.flatMap(() => [conversions(totals.conversions), money(totals.revenueMinor)]),
  ];
  return aligned([header, ...lines, sum]);
}

function conversions(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(4);
}

function money(minor: number): string {
  return (minor / 100).toFixed(2);
}

/** Columns padded to their widest cell: text to the left, figures to the right. */
export function aligned(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  "),
    )
    .join("\n");
}
