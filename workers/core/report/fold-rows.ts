/** Campaigns that a report names; the smaller ones are one row. */
export const MOST_CAMPAIGNS = 500;

/** The first rows, which are the largest, and all others; those in one only where there are several. */
export function foldRows<T>(rows: readonly T[], most: number): { named: T[]; others: T[] } {
  return rows.length <= most + 1
    ? { named: [...rows], others: [] }
    : { named: rows.slice(0, most), others: rows.slice(most) };
}
