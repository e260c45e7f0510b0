import { parse } from "smol-toml";
import type { WorkerKey } from "./stage.ts";

type Named = Record<string, unknown>;

/** What the deployment reads and renders of an environment in wrangler.toml; all else goes along as it is. */
export type WorkerConfig = {
  name: string;
  vars: Record<string, string>;
  kv_namespaces?: (Named & { binding: string; id: string })[];
  r2_buckets?: (Named & { binding: string; bucket_name: string })[];
  queues?: {
    producers?: (Named & { binding: string; queue: string })[];
    consumers?: (Named & { queue: string; dead_letter_queue?: string })[];
  };
  ratelimits?: (Named & { name: string; namespace_id: string })[];
  [other: string]: unknown;
};

export type RootConfig = { env: Record<WorkerKey, WorkerConfig>; [other: string]: unknown };

export type PagesConfig = {
  name: string;
  services?: (Named & { binding: string; service: string })[];
  [other: string]: unknown;
};

export type DeployConfig = { workers: RootConfig; pages: PagesConfig };

/** wrangler.toml and frontend/wrangler.toml. Throws when one cannot be read, or a Worker is missing. */
export function parseConfig(workersToml: string, pagesToml: string): DeployConfig {
  const workers = parse(workersToml) as unknown as RootConfig;
  const pages = parse(pagesToml) as unknown as PagesConfig;
  for (const key of ["collect", "api", "jobs"] as const) {
    if (typeof workers.env?.[key]?.name !== "string") throw new Error(`wrangler.toml has no [env.${key}]`);
  }
  return { workers, pages };
}

/** The names of all queues, buckets and KV namespaces that the Workers are bound to, each once. */
export function resourcesOf({ workers }: DeployConfig): {
  queues: string[];
  buckets: string[];
  kv: string[];
} {
  const each = Object.values(workers.env);
  return {
    queues: unique(
      each.flatMap(({ queues }) => [
        ...(queues?.producers ?? []).map(({ queue }) => queue),
        ...(queues?.consumers ?? []).flatMap(({ queue, dead_letter_queue: dead }) =>
          dead === undefined ? [queue] : [queue, dead],
        ),
      ]),
    ),
    buckets: unique(
      each.flatMap(({ r2_buckets: buckets = [] }) => buckets.map((bucket) => bucket.bucket_name)),
    ),
    kv: unique(each.flatMap(({ kv_namespaces: namespaces = [] }) => namespaces.map(({ id }) => id))),
  };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
}
