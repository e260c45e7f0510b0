import { createRequire } from "node:module";
import { join } from "node:path";
import { vi } from "vitest";
import type * as Wrangler from "wrangler";
import type { TestHarness, TestHarnessOptions, WorkerHandle } from "wrangler";
import { projectFolder } from "#scripts/stack/project.ts";
import { deliverInNode } from "./node-queues.ts";

/**
 * Stands in for `wrangler` when coverage is measured: the same tests, the same bindings of the same runtime, but
 * the Workers' code runs in this process, where V8 counts its lines. Workerd's verdict is the one that counts;
 * this run only shows what the tests reach.
 */
const real = createRequire(import.meta.url)("wrangler") as typeof Wrangler;

export const unstable_readConfig = real.unstable_readConfig;

type Environment = Record<string, unknown>;
type Context = { waitUntil(work: Promise<unknown>): void; passThroughOnException(): void; props: object };
export type WorkerModule = {
  fetch?(request: Request, environment: Environment, context: Context): Promise<Response>;
  scheduled?(controller: object, environment: Environment, context: Context): Promise<void>;
  queue?(batch: object, environment: Environment, context: Context): Promise<void>;
};

const ENTRIES: Readonly<Record<string, string>> = {
  "waymark-collect": "workers/collect/index.ts",
  "waymark-api": "workers/api/index.ts",
  "waymark-jobs": "workers/jobs/index.ts",
};

export function createTestHarness(options: TestHarnessOptions): TestHarness {
  const harness = real.createTestHarness(options);
  const names = options.workers.map((worker) => ("env" in worker ? `waymark-${worker.env}` : ""));
  // As each runtime starts with fresh isolates, so does each harness with fresh modules.
  vi.resetModules();
  const modules = new Map<string, Promise<WorkerModule>>();
  const load = async (name: string): Promise<WorkerModule> => {
    const file = join(projectFolder, ENTRIES[name] ?? "");
    const loading =
      modules.get(name) ?? import(file).then((module: { default: WorkerModule }) => module.default);
    modules.set(name, loading);
    return await loading;
  };
  const environmentOf = async (name: string): Promise<Environment> => {
    const environment = await harness.getWorker<Environment>(name).getEnv();
    if (!names.includes("waymark-jobs")) return environment;
    return deliverInNode(environment, name, async (batch) => {
      const jobs = await load("waymark-jobs");
      await jobs.queue?.(batch, await environmentOf("waymark-jobs"), context);
    });
  };
  return {
    ...harness,
    getWorker: ((name = names[0] ?? "") => {
      const handle = harness.getWorker(name);
      return name in ENTRIES ? inNode(handle, { name, load, environmentOf }) : handle;
    }) as TestHarness["getWorker"],
  };
}

const context: Context = {
  waitUntil: (work) => void work.catch(() => undefined),
  passThroughOnException: () => undefined,
  props: {},
};

type Loaded = {
  name: string;
  load: (name: string) => Promise<WorkerModule>;
  environmentOf: (name: string) => Promise<Environment>;
};

function inNode(handle: WorkerHandle, { name, load, environmentOf }: Loaded): WorkerHandle {
  return {
    ...handle,
    fetch: (async (input: string | URL, init?: RequestInit) => {
      const worker = await load(name);
      const url = new URL(input, "http://localhost:8787");
      const request = new Request(url, { ...init, ...(init?.body ? { duplex: "half" } : {}) } as RequestInit);
      return await worker.fetch?.(request, await environmentOf(name), context);
    }) as unknown as WorkerHandle["fetch"],
    async scheduled({ cron, scheduledTime }) {
      const worker = await load(name);
      const controller = { cron, scheduledTime: scheduledTime?.getTime(), noRetry: () => undefined };
      await worker.scheduled?.(controller, await environmentOf(name), context);
      return { outcome: "ok", noRetry: false };
    },
  };
}
