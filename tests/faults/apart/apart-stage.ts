import type { KVNamespace, R2Bucket } from "@cloudflare/workers-types";
import { type WaymarkClient } from "#scripts/client/waymark-client.ts";
import { forward } from "#scripts/stack/http/forward.ts";
import { listenHttp } from "#scripts/stack/http/http-server.ts";
import { freePorts } from "#scripts/stack/ports.ts";
import type { Postgres } from "#scripts/stack/postgres/postgres.ts";
import { type Closers, startDatabase, startMail, startRedis } from "#scripts/stack/services.ts";
import type { WorkerSettings } from "#scripts/stack/workers/workers.ts";
import { ensurePixel } from "#scripts/build/ensure-built.ts";
import { signUp } from "#tests/faults/proof/fault-site.ts";
import { createDurableQueue, type DurableQueue, type Outcome } from "./durable-queue.ts";
import { startOutside } from "./outside.ts";
import { type Runtime, startRuntime } from "./runtime.ts";
import { COURIER, courier, queueBindings, queues, SHARDS, STORAGE, storage } from "./stand-ins.ts";

/** Collect in one runtime, api and jobs in another; what is durable in production lives in the test's own process. */
export type ApartStage = {
  databaseUrl: string;
  client: WaymarkClient;
  postgres: Postgres;
  queue: DurableQueue;
  /** What is wrong with the rest: R2 as collect sees it, and a consumer that says done before it is. */
  faults: { isStorageDown: boolean; isAckFirst: boolean };
  collect: Runtime;
  jobs: Runtime;
  /** What has been kept in R2 because the queue refused. */
  spilled(): Promise<number>;
  /** Makes the sites known at the edge: two runtimes share no KV. */
  shareEdgeConfig(): Promise<void>;
  stop(): Promise<void>;
};

export async function startApartStage(): Promise<ApartStage> {
  await ensurePixel();
  const closers: Closers = [];
  const stop = async (): Promise<void> => {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
  };
  try {
    return { ...(await startParts(closers)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(closers: Closers): Promise<Omit<ApartStage, "stop">> {
  const { settings, postgres, ports } = await startServices(closers);
  const faults = { isStorageDown: false, isAckFirst: false };
  const jobs = await startRuntime(closers, { ...settings, only: ["api", "jobs"], beside: [courier] });
  const queue = createDurableQueue(async (name, messages) => {
    const address = `http://courier/${faults.isAckFirst ? "?ack=first" : ""}`;
    const body = JSON.stringify({ queue: name, messages });
    const answer = await jobs.workers().fetchBeside(COURIER, address, { method: "POST", body });
    if (!answer.ok) throw new Error(`The courier answered ${answer.status}`);
    return (await answer.json()) as Outcome;
  });
  closers.push(async () => await queue.stop());
  const bucket = async (): Promise<R2Bucket> => (await jobs.workers().bindings("jobs"))["SPILL"] as R2Bucket;
  const outside = await startOutside({ queue, faults, bucket });
  closers.push(async () => await outside.close());
  const edge = await startRuntime(closers, {
    ...settings,
    only: ["collect"],
    vars: { collect: { EVENT_SHARDS: String(SHARDS) } },
    bindingOverrides: { collect: { ...queueBindings, SPILL: STORAGE } },
    beside: [...queues(outside.url), storage(outside.url)],
  });
  const share = await startApi(closers, { jobs, edge, port: ports.app });
  return {
    databaseUrl: settings.databaseUrl,
    client: await signUp(settings.appOrigin),
    postgres,
    queue,
    faults,
    jobs,
    collect: { ...edge, start: async () => await edge.start().then(share) },
    spilled: async () => (await (await bucket()).list()).objects.length,
    shareEdgeConfig: share,
  };
}

type Services = { settings: WorkerSettings; postgres: Postgres; ports: { app: number; collect: number } };

async function startServices(closers: Closers): Promise<Services> {
  const ports = await freePorts({ app: 0, collect: 0, postgres: 0 });
  const { url, neonEndpoint, postgres } = await startDatabase(
    { persist: false, port: ports.postgres },
    closers,
  );
  if (!postgres) throw new Error("The fault tests need a Postgres of their own");
  const settings = {
    databaseUrl: url,
    neonEndpoint,
    mail: await startMail(0, closers),
    upstash: await startRedis(closers),
    appOrigin: `http://localhost:${ports.app}`,
    collectOrigin: `http://localhost:${ports.collect}`,
  };
  return { settings, postgres, ports };
}

/** The dashboard's origin, of which only the API is needed; answers how its edge configuration reaches collect. */
async function startApi(
  closers: Closers,
  { jobs, edge, port }: { jobs: Runtime; edge: Runtime; port: number },
): Promise<() => Promise<void>> {
  const api = await listenHttp(async (request, response) => {
    await forward(request, response, async (url, init) => await jobs.workers().fetch("api", url, init));
  }, port);
  closers.push(async () => await api.close());
  return async () => {
    const from = (await jobs.workers().bindings("jobs"))["EDGE_CONFIG"] as KVNamespace;
    const to = (await edge.workers().bindings("collect"))["EDGE_CONFIG"] as KVNamespace;
    for (const { name } of (await from.list()).keys) await to.put(name, (await from.get(name)) ?? "");
  };
}
