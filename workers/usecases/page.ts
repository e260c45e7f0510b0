/** Where a page ended: the values its list is ordered by, in that order. */
export type PageKey = readonly (string | number)[];

/** One page of a list; `next` is null on the last one. */
export type Page<T> = { items: T[]; next: PageKey | null };

export const DEFAULT_PAGE_SIZE = 50;

/**
 * The page of rows that were asked for with one more than `limit`: the extra row says that there is a next page and
 * is not part of this one.
 */
export function pageOf<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => PageKey): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items, next: hasMore ? keyOf(last) : null };
}
