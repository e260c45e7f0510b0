/** Below this the series converges fast, above it the continued fraction does. */
const SERIES_UP_TO = 3;

/** Probability that a standard normal variable is at most z; about 15 digits. */
export function normalCdf(z: number): number {
  return z < 0 ? upperTail(-z) : 1 - upperTail(z);
}

/** Two-sided p-value of a standard normal statistic; small ones keep their digits. */
export function twoSidedP(z: number): number {
  return 2 * upperTail(Math.abs(z));
}

function upperTail(z: number): number {
  const density = Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI);
  return z < SERIES_UP_TO ? 0.5 - density * series(z) : density * fraction(z);
}

/** z + z³/3 + z⁵/15 + … (Abramowitz and Stegun 1964, 26.2.11). */
function series(z: number): number {
  let [term, sum] = [z, z];
  for (let n = 3; Math.abs(term) > sum * Number.EPSILON; n += 2) {
    term *= z ** 2 / n;
    sum += term;
  }
  return sum;
}

/** 1/(z + 1/(z + 2/(z + 3/(z + …)))) (Abramowitz and Stegun 1964, 26.2.14), from far inside outwards. */
function fraction(z: number): number {
  let inner = z;
  for (let n = 200; n > 0; n -= 1) inner = z + n / inner;
  return 1 / inner;
}

/** The z at or below which a standard normal variable lies with this probability, 0 < p < 1: bisection, then Newton. */
export function normalQuantile(probability: number): number {
  let [low, high] = [-40, 40];
  while (high - low > 1e-3) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < probability) low = middle;
    else high = middle;
  }
  let z = (low + high) / 2;
  for (let round = 0; round < 3; round += 1) {
    const density = Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI);
    z -= (normalCdf(z) - probability) / density;
  }
  return z;
}
