export type Sort = { key: string; direction: "asc" | "desc" };

/** "-revenue" → descending by revenue; what names nothing gives the fallback. */
export function readSort(text: string | undefined, keys: readonly string[], fallback: Sort): Sort {
  const key = text?.replace(/^-/, "");
  if (!text || !key || !keys.includes(key)) return fallback;
  return { key, direction: text.startsWith("-") ? "desc" : "asc" };
}

/** The other way round of `readSort`. */
export function writeSort(sort: Sort): string {
  return sort.direction === "desc" ? `-${sort.key}` : sort.key;
}

/** A sorted copy; rows without a value stay last in both directions, equal ones keep their order. */
export function sortRows<T>(
  rows: readonly T[],
  valueOf: (row: T) => string | number | null,
  direction: Sort["direction"],
): T[] {
  const sign = direction === "asc" ? 1 : -1;
  return rows.toSorted((left, right) => {
    const a = valueOf(left);
    const b = valueOf(right);
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * compare(a, b);
  });
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true, sensitivity: "base" });
}
