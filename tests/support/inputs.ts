/** As many at least, where there are as many. */
const LEAST = 25;
const SHARE = 4;

/**
 * With how many inputs to try a property: a quarter of the full number in `npm test` and `npm run check`, the full number in
 * `npm run test:soak`, or the one it names for itself. The random ones are others in each run.
 */
export function inputs(count: number, soak = count): number {
  if (process.env["SOAK"] === "1") return soak;
  return Math.min(count, Math.max(LEAST, Math.ceil(count / SHARE)));
}
