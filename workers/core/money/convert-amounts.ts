import { groupRows } from "#core/lists/group-rows.ts";
import { convertParts } from "./convert-minor-units.ts";
import type { RateTable } from "./exchange-rate.ts";

type Dated = { day: string; currency: string };

/**
 * How rows of money are read and written. `amounts` are the row's amounts; the n-th of all rows of a day and currency add
 * up to one total. `key` orders rows that are equally near to the next unit: the result must not depend on their order.
 */
export type AmountShape<T extends Dated> = {
  amounts: (row: T) => number[];
  with: (row: T, amounts: number[], currency: string) => T;
  key: (row: T) => string;
};

/**
 * Rows in one currency: the total of each day and foreign currency is converted with that day's rate and split over its
 * rows, so that whatever the rows are grouped by, the parts add up (decisions 25). Rows without a rate stay as they are,
 * in their own currency: nothing is guessed.
 */
export function convertAmounts<T extends Dated>(
  rows: readonly T[],
  { to, rates, shape }: { to: string; rates: RateTable; shape: AmountShape<T> },
): T[] {
  const foreign = groupRows(
    rows.filter(({ currency }) => currency !== to),
    ({ day, currency }) => `${day} ${currency}`,
  );
  const converted = new Map<T, T>();
  for (const group of foreign.values()) {
    const members = group.toSorted((a, b) => (shape.key(a) < shape.key(b) ? -1 : 1));
    const columns = convertColumns(members, { to, rates, shape });
    if (columns === null) continue;
    members.forEach((row, index) => {
      const amounts = columns.map((column) => column[index] ?? 0);
      converted.set(row, shape.with(row, amounts, to));
    });
  }
  return rows.map((row) => converted.get(row) ?? row);
}

type Conversion<T extends Dated> = { to: string; rates: RateTable; shape: AmountShape<T> };

/** The amounts of rows of one day and currency, amount by amount; null when there is no rate. */
function convertColumns<T extends Dated>(
  rows: readonly T[],
  { to, rates, shape }: Conversion<T>,
): number[][] | null {
  const [first] = rows;
  const factor = first ? rates.factor(first.currency, to, first.day) : null;
  if (first === undefined || factor === null) return null;
  const width = shape.amounts(first).length;
  const columns = Array.from({ length: width }, (_, n) =>
    convertParts(
      rows.map((row) => shape.amounts(row)[n] ?? 0),
      factor,
    ),
  );
  return columns.every((column) => column !== null) ? columns : null;
}
