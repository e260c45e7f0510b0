/** Rows that are eliminated together: the whole matrix passes through the cache `size / BLOCK` times only. */
const BLOCK = 32;

/**
 * Inverts a matrix, row by row in one array, in place: Gauss–Jordan elimination by blocks of rows, `size³`
 * multiplications.
 *
 * Without pivoting, for two kinds of matrix only: I − Q of an absorbing chain, which is a non-singular M-matrix, and
 * principal parts of its inverse. For these every pivot is positive, and elimination is stable as it stands (Funderlic
 * and Plemmons 1981, "LU decomposition of M-matrices by elimination without pivoting").
 */
export function invertMatrix(matrix: Float64Array, size: number): void {
  const factors = new Float64Array(BLOCK);
  const rowOf = (i: number) => matrix.subarray(i * size, (i + 1) * size);
  for (let from = 0; from < size; from += BLOCK) {
    const to = Math.min(from + BLOCK, size);
    const pivotRows: Float64Array[] = [];
    for (let k = from; k < to; k += 1) pivotRows.push(rowOf(k));
    reducePivotRows(pivotRows, from, factors);
    for (let i = 0; i < size; i += 1) {
      if (i < from || i >= to) eliminate(rowOf(i), { pivotRows, from, factors });
    }
  }
}

/** Gauss–Jordan among the rows of a block, over all columns. */
function reducePivotRows(rows: readonly Float64Array[], from: number, factors: Float64Array): void {
  for (const [k, pivotRow] of rows.entries()) {
    const scale = 1 / at(pivotRow, from + k);
    pivotRow[from + k] = 1;
    for (let j = 0; j < pivotRow.length; j += 1) pivotRow[j] = at(pivotRow, j) * scale;
    for (const row of rows) {
      if (row !== pivotRow) eliminate(row, { pivotRows: [pivotRow], from: from + k, factors });
    }
  }
}

/** The rows of a block, reduced; `factors` is scratch space. */
type Pivot = { pivotRows: readonly Float64Array[]; from: number; factors: Float64Array };

/** Takes away from a row what makes its columns of the block zero. Chains of higher order are sparse: many are already. */
function eliminate(row: Float64Array, { pivotRows, from, factors }: Pivot): void {
  const count = pivotRows.length;
  for (let k = 0; k < count; k += 1) {
    factors[k] = at(row, from + k);
    row[from + k] = 0;
  }
  let k = 0;
  for (; k + 3 < count; k += 4) subtractFour(row, pivotRows, { k, factors });
  for (; k < count; k += 1) subtractOne(row, pivotRows[k] ?? row, at(factors, k));
}

/** Four rows at once: the row itself is read and written a quarter as often. */
function subtractFour(
  row: Float64Array,
  pivotRows: readonly Float64Array[],
  { k, factors }: { k: number; factors: Float64Array },
): void {
  const [a, b, c, d] = [at(factors, k), at(factors, k + 1), at(factors, k + 2), at(factors, k + 3)];
  if (a === 0 && b === 0 && c === 0 && d === 0) return;
  const { [k]: rowA = row, [k + 1]: rowB = row, [k + 2]: rowC = row, [k + 3]: rowD = row } = pivotRows;
  for (let j = 0; j < row.length; j += 1) {
    row[j] = at(row, j) - (a * at(rowA, j) + b * at(rowB, j) + c * at(rowC, j) + d * at(rowD, j));
  }
}

function subtractOne(row: Float64Array, pivotRow: Float64Array, factor: number): void {
  if (factor === 0) return;
  for (let j = 0; j < row.length; j += 1) row[j] = at(row, j) - factor * at(pivotRow, j);
}

/** Indices here are always inside; a check would cost more than the arithmetic. */
function at(values: Float64Array, i: number): number {
  return values[i] as number;
}
