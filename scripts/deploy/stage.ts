export const STAGES = ["production", "staging"] as const;
export type Stage = (typeof STAGES)[number];

/** The order in which they are deployed: what is sent must be understood by whoever receives it. */
export const WORKERS = ["jobs", "api", "collect"] as const;
export type WorkerKey = (typeof WORKERS)[number];

/** Production has the names of wrangler.toml, any other stage the same with its own name behind. */
export function staged(name: string, stage: Stage): string {
  return stage === "production" ? name : `${name}-${stage}`;
}
