import type { Target } from "./cloudflare.ts";
import type { DeployConfig } from "./deploy-config.ts";
import type { Outside } from "./outside.ts";
import type { SecretSpec } from "./secrets.ts";
import { type Stage, type WorkerKey } from "./stage.ts";

export type DeployOptions = {
  stage: Stage;
  /** What is deployed, by a name that comes back when the same is deployed again. */
  release: string;
  allowDestructive: boolean;
  /** How long the first share of the traffic is watched. */
  watchSeconds: number;
};

/** What the steps of one run know and find out. */
export type Context = DeployOptions & {
  outside: Outside;
  environment: NodeJS.ProcessEnv;
  specs: readonly SecretSpec[];
  /** As it stands in the files, and as it is deployed; the latter gets the ids of KV namespaces when they are known. */
  original: DeployConfig;
  config: DeployConfig;
  /** Of each Worker, once it was uploaded. */
  uploaded: Partial<Record<WorkerKey, { id: string; previewUrl: string | null }>>;
};

export type Step = {
  kind: "check" | "create" | "migrate" | "build" | "upload" | "smoke" | "shift";
  description: string;
  /** Whether there is nothing to do. It only asks. */
  isDone?(context: Context): Promise<boolean>;
  act(context: Context): Promise<void>;
};

/** The rendered file lies beside wrangler.toml, because paths in it are read from there. */
export function workersToml(stage: Stage): string {
  return `wrangler.${stage}.rendered.toml`;
}

export function pagesFolder(stage: Stage): string {
  return `.waymark/deploy/${stage}/pages`;
}

export function targetOf({ stage, config }: Pick<Context, "stage" | "config">, worker: WorkerKey): Target {
  return { name: config.workers.env[worker].name, configPath: workersToml(stage), env: worker };
}
