/**
 * Probability that a variable of Student's distribution with so many whole degrees of freedom, at least 1, is at most t.
 * By the finite sums in θ = arctan(t ÷ √freedom) of Abramowitz and Stegun 1964, 26.7.3 and 26.7.4; about 15 digits after
 * the point.
 */
export function studentCdf(t: number, freedom: number): number {
  const theta = Math.atan(t / Math.sqrt(freedom));
  const [sine, cosine] = [Math.sin(theta), Math.cos(theta)];
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = 0;
  for (let n = isOdd ? 3 : 2; n <= freedom; n += 2) {
    sum += term;
    term *= (cosine ** 2 * (n - 1)) / n;
  }
  const within = isOdd ? (2 / Math.PI) * (theta + sine * sum) : sine * sum;
  return (1 + within) / 2;
}

/** The t at or below which such a variable lies with this probability, 0 < p < 1, by bisection. */
export function studentQuantile(probability: number, freedom: number): number {
  if (probability < 0.5) return -studentQuantile(1 - probability, freedom);
  let [low, high] = [0, 1];
  while (studentCdf(high, freedom) < probability) [low, high] = [high, high * 2];
  for (;;) {
    const middle = (low + high) / 2;
    // No double lies between them any more.
    if (middle <= low || middle >= high) return middle;
    if (studentCdf(middle, freedom) < probability) low = middle;
    else high = middle;
  }
}
