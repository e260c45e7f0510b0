/**
 * Inverts a matrix, row by row in one array, in place: Gauss–Jordan elimination, `size³` multiplications.
 *
 * Without pivoting, for two kinds of matrix only: I − Q of an absorbing chain, which is a non-singular M-matrix, and
 * principal parts of its inverse. For these every pivot is positive, and elimination is stable as it stands (Funderlic
 * and Plemmons 1981, "LU decomposition of M-matrices by elimination without pivoting").
 */
export function invertMatrix(matrix: Float64Array, size: number): void {
  for (let k = 0; k < size; k += 1) {
    const pivotRow = matrix.subarray(k * size, (k + 1) * size);
    const scale = 1 / at(pivotRow, k);
    pivotRow[k] = 1;
    for (let j = 0; j < size; j += 1) pivotRow[j] = at(pivotRow, j) * scale;
    for (let i = 0; i < size; i += 1) {
      if (i !== k) eliminate(matrix.subarray(i * size, (i + 1) * size), pivotRow, k);
    }
  }
}

/** Chains of higher order are sparse: rows that do not lead to `k` stay as they are. */
function eliminate(row: Float64Array, pivotRow: Float64Array, k: number): void {
  const factor = at(row, k);
  if (factor === 0) return;
  row[k] = 0;
  const size = pivotRow.length;
  for (let j = 0; j < size; j += 1) row[j] = at(row, j) - factor * at(pivotRow, j);
}

/** Indices here are always inside; a check would cost more than the arithmetic. */
function at(values: Float64Array, i: number): number {
  return values[i] as number;
}
