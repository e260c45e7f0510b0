/** The check runs before each commit: a quarter of the inputs will do there, as long as they are as many as this. */
const LEAST = 25;
const CHECK_SHARE = 4;

/**
 * With how many inputs to try a property: all in `npm test`, a quarter of them in `npm run check`, and as many as the
 * soak names in `npm run test:soak`. The random ones are others in each run.
 */
export function inputs(count: number, soak = count): number {
  if (process.env["SOAK"] === "1") return soak;
  if (process.env["CHECK"] !== "1") return count;
  return Math.min(count, Math.max(LEAST, Math.ceil(count / CHECK_SHARE)));
}
