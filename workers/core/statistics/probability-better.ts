import type { Comparison } from "./two-proportions.ts";

/**
 * Probability that the treatment's rate is above the control's, both being unknown beforehand (Beta(1, 1) priors).
 *
 * With posteriors Beta(a, b) for the treatment and Beta(c, d) for the control it is the sum over i < a of
 * B(c + i, b + d) ÷ ((b + i) · B(1 + i, b) · B(c, d)) (Miller 2015, "Formulas for Bayesian A/B testing"). Each term follows
 * from the one before by a ratio; logarithms keep the first one from vanishing.
 */
export function probabilityBetter({ treatment, control }: Comparison): number {
  const [a, b] = [treatment.converted + 1, treatment.people - treatment.converted + 1];
  const [c, d] = [control.converted + 1, control.people - control.converted + 1];
  let log = logBeta(c, b + d) - logBeta(c, d);
  let probability = 0;
  for (let i = 0; i < a; i += 1) {
    probability += Math.exp(log);
    log += Math.log(((c + i) / (b + c + d + i)) * ((b + i) / (1 + i)));
  }
  return probability;
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** Stirling's series is good to the last digit from here on. */
const STIRLING_FROM = 15;

/** ln Γ(x) for x > 0: by Γ(x + 1) = x · Γ(x) up to where Stirling's series serves (Abramowitz and Stegun 1964, 6.1.40). */
function logGamma(x: number): number {
  let [raised, product] = [x, 1];
  for (; raised < STIRLING_FROM; raised += 1) product *= raised;
  const inverse = 1 / raised;
  const square = inverse ** 2;
  const tail =
    inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))));
  return (raised - 0.5) * Math.log(raised) - raised + Math.log(2 * Math.PI) / 2 + tail - Math.log(product);
}
