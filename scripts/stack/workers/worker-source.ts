/** Where `npm test` and `npm run check` bundle the Workers, a folder each, below the project's folder. */
export const BUNDLES = ".waymark/bundles";

type WorkerSource = { configPath: string; env: string; prebuiltWorkerDir?: string };

/**
 * A Worker of the one wrangler.toml for a test harness. In a run that has just bundled it the bundle is taken: dozens of
 * test files start Workers, and each bundling costs a second. Started by hand, a test bundles what is there now.
 */
export function workerSource(env: string): WorkerSource {
  const source = { configPath: "./wrangler.toml", env };
  return process.env["WAYMARK_BUNDLED"] === "1"
    ? { ...source, prebuiltWorkerDir: `./${BUNDLES}/${env}` }
    : source;
}
