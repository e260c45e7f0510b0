/** What fits best: target ≈ Σ coefficient · column. */
export type LeastSquaresFit = {
  coefficients: Float64Array;
  /** Sum of the squared residuals. */
  squares: number;
  /** Observations less coefficients. */
  freedom: number;
  /** R of X = QR, column by column: (X'X)⁻¹ = R⁻¹·R⁻ᵀ. */
  triangle: readonly Float64Array[];
};

/** A column that others make up but for this part of its length depends on them. */
const DEPENDENT = 1e-10;

/**
 * Ordinary least squares by Householder reflections (Golub 1965; Golub and Van Loan, "Matrix Computations", 5.3), which
 * keep the digits that X'X would lose. For weights, multiply rows by their roots. Null where the columns depend on each
 * other, so that no coefficients are the best.
 */
export function leastSquares(columns: readonly Float64Array[], target: Float64Array): LeastSquaresFit | null {
  const triangle = columns.map((column) => Float64Array.from(column));
  const right = Float64Array.from(target);
  for (const [k, column] of triangle.entries()) {
    const rest = Math.sqrt(dot(column.subarray(k), column.subarray(k)));
    const whole = Math.sqrt(dot(columns[k] ?? column, columns[k] ?? column));
    if (!(rest > DEPENDENT * whole)) return null;
    const mirror = column.slice(k);
    mirror[0] = at(mirror, 0) + (at(mirror, 0) < 0 ? -rest : rest);
    for (const other of [...triangle.slice(k), right]) reflect(other.subarray(k), mirror);
  }
  const residual = right.subarray(columns.length);
  return {
    coefficients: backSubstituted(triangle, right),
    squares: dot(residual, residual),
    freedom: target.length - columns.length,
    triangle,
  };
}

/**
 * Variance of Σ form · coefficient for residuals of variance 1, which is form'·(X'X)⁻¹·form: the squared length of the z
 * in Rᵀz = form.
 */
export function formVariance({ triangle }: LeastSquaresFit, form: readonly number[]): number {
  const solved: number[] = [];
  for (const [k, column] of triangle.entries()) {
    const known = solved.reduce((sum, z, i) => sum + z * at(column, i), 0);
    solved.push(((form[k] ?? 0) - known) / at(column, k));
  }
  return solved.reduce((sum, z) => sum + z ** 2, 0);
}

/** Mirrors a vector in the plane that stands upright on `mirror`. */
function reflect(vector: Float64Array, mirror: Float64Array): void {
  const factor = (2 * dot(mirror, vector)) / dot(mirror, mirror);
  for (let i = 0; i < vector.length; i += 1) vector[i] = at(vector, i) - factor * at(mirror, i);
}

function backSubstituted(triangle: readonly Float64Array[], right: Float64Array): Float64Array {
  const left = right.slice(0, triangle.length);
  for (const [k, column] of [...triangle.entries()].toReversed()) {
    left[k] = at(left, k) / at(column, k);
    for (let i = 0; i < k; i += 1) left[i] = at(left, i) - at(left, k) * at(column, i);
  }
  return left;
}

/** Sum of the products, place by place. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += at(a, i) * at(b, i);
  return sum;
}

/** Indices here are always inside; a check would cost more than the arithmetic. */
function at(values: Float64Array, i: number): number {
  return values[i] as number;
}
