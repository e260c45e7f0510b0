import { stringify } from "smol-toml";
import type { DeployConfig, PagesConfig, RootConfig, WorkerConfig } from "./deploy-config.ts";
import { type Stage, staged } from "./stage.ts";

export type Rendering = {
  stage: Stage;
  /** Variables that hold in this stage instead of those in wrangler.toml, where a Worker has them. */
  vars: Readonly<Record<string, string>>;
};

/** Counters of a rate limit are the account's: a stage must not share them with another. */
const NAMESPACES_A_STAGE = 100_000;

/** The configuration of a stage: names with the stage's behind, its variables, collect at its own host. */
export function stageConfig(config: DeployConfig, { stage, vars }: Rendering): DeployConfig {
  const { collect, api, jobs } = config.workers.env;
  const render = (worker: WorkerConfig): WorkerConfig => stageWorker(worker, { stage, vars });
  const rendered = { collect: render(collect), api: render(api), jobs: render(jobs) };
  const host = hostOf(rendered.api.vars["COLLECT_ORIGIN"]);
  const env = host === null ? rendered : { ...rendered, collect: atHost(rendered.collect, host) };
  return { workers: { ...config.workers, env }, pages: stagePages(config.pages, stage) };
}

/** The KV namespaces by their ids at Cloudflare, which are known once they were made. */
export function withKvIds(config: DeployConfig, ids: ReadonlyMap<string, string>): DeployConfig {
  const fill = (worker: WorkerConfig): WorkerConfig => ({
    ...worker,
    kv_namespaces: (worker.kv_namespaces ?? []).map((kv) => ({ ...kv, id: ids.get(kv.id) ?? kv.id })),
  });
  const { collect, api, jobs } = config.workers.env;
  const env = { collect: fill(collect), api: fill(api), jobs: fill(jobs) };
  return { ...config, workers: { ...config.workers, env } };
}

export function toToml(config: RootConfig | PagesConfig): string {
  return stringify(config);
}

function stageWorker(worker: WorkerConfig, { stage, vars }: Rendering): WorkerConfig {
  const { kv_namespaces: kv, r2_buckets: buckets, queues, ratelimits } = worker;
  return {
    ...worker,
    name: staged(worker.name, stage),
    vars: Object.fromEntries(Object.entries(worker.vars).map(([name, value]) => [name, vars[name] ?? value])),
    ...(kv && { kv_namespaces: kv.map((each) => ({ ...each, id: staged(each.id, stage) })) }),
    ...(buckets && {
      r2_buckets: buckets.map((each) => ({ ...each, bucket_name: staged(each.bucket_name, stage) })),
    }),
    ...(queues && { queues: stageQueues(queues, stage) }),
    ...(ratelimits && {
      ratelimits: ratelimits.map((each) => ({
        ...each,
        namespace_id: stagedNamespace(each.namespace_id, stage),
      })),
    }),
  };
}

function stageQueues(
  { producers, consumers }: NonNullable<WorkerConfig["queues"]>,
  stage: Stage,
): NonNullable<WorkerConfig["queues"]> {
  return {
    ...(producers && { producers: producers.map((each) => ({ ...each, queue: staged(each.queue, stage) })) }),
    ...(consumers && {
      consumers: consumers.map((each) => ({
        ...each,
        queue: staged(each.queue, stage),
        ...(each.dead_letter_queue !== undefined && {
          dead_letter_queue: staged(each.dead_letter_queue, stage),
        }),
      })),
    }),
  };
}

function stagedNamespace(id: string, stage: Stage): string {
  return stage === "production" ? id : String(Number(id) + NAMESPACES_A_STAGE);
}

function stagePages(pages: PagesConfig, stage: Stage): PagesConfig {
  const services = (pages.services ?? []).map((each) => ({ ...each, service: staged(each.service, stage) }));
  return { ...pages, name: staged(pages.name, stage), services };
}

/** A host of workers.dev is there by itself. */
function hostOf(origin: string | undefined): string | null {
  if (origin === undefined || !URL.canParse(origin)) return null;
  const { hostname } = new URL(origin);
  return hostname.endsWith(".workers.dev") ? null : hostname;
}

/** A route would take the preview addresses away, which the smoke test needs. */
function atHost(collect: WorkerConfig, host: string): WorkerConfig {
  if (collect["routes"] !== undefined) return collect;
  return {
    ...collect,
    routes: [{ pattern: host, custom_domain: true }],
    workers_dev: true,
    preview_urls: true,
  };
}
