export type SpendRowKey = { readonly day: string; readonly source: string };

/** The source of spend that a person typed in. */
export const DEFAULT_SPEND_SOURCE = "manual";

/** Indexes of the rows that name a day and source an earlier row already named: which of them counts is unknowable. */
export function repeatedSpendRows(rows: readonly SpendRowKey[]): number[] {
  const seen = new Set<string>();
  return rows.flatMap(({ day, source }, index) => {
    const key = `${day} ${source}`;
    if (seen.has(key)) return [index];
    seen.add(key);
    return [];
  });
}
