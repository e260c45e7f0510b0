export type SpendRowKey = { readonly campaignId: number; readonly day: string; readonly source: string };

/** The source of spend that a person typed in. */
export const DEFAULT_SPEND_SOURCE = "manual";

/** Indexes of rows that name a campaign, day and source an earlier row named: which of them counts is unknowable. */
export function repeatedSpendRows(rows: readonly SpendRowKey[]): number[] {
  const seen = new Set<string>();
  return rows.flatMap(({ campaignId, day, source }, index) => {
    const key = `${campaignId} ${day} ${source}`;
    if (seen.has(key)) return [index];
    seen.add(key);
    return [];
  });
}
