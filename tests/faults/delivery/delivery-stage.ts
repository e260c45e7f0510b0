import type { ServerResponse } from "node:http";
import { createDurableQueue, type DurableQueue, type Outcome } from "#tests/faults/apart/durable-queue.ts";
import { startDurableBucket } from "#tests/faults/apart/durable-bucket.ts";
import { startOutside } from "#tests/faults/apart/outside.ts";
import { type Runtime, startRuntime } from "#tests/faults/apart/runtime.ts";
import {
  COURIER,
  courier,
  durableBindings,
  REPORTS_BUCKET,
  WORK_QUEUE,
} from "#tests/faults/apart/stand-ins.ts";
import { type Closers, startDatabase, startRedis } from "#scripts/stack/services.ts";
import { freePorts } from "#scripts/stack/ports.ts";
import { type FakeMailProvider, type Protocol, startFakeMailProvider } from "./fake-mail-provider.ts";

/** The jobs Worker in a runtime that can die; its queue, its bucket and the mail provider live in the test's process. */
export type DeliveryStage = {
  databaseUrl: string;
  queue: DurableQueue;
  provider: FakeMailProvider;
  jobs: Runtime;
  stop(): Promise<void>;
};

export type StageOptions = { protocol: Protocol; lose: (response: ServerResponse) => void };

/** As wrangler.toml has them for the queue of work. */
const CONSUMER = { maxBatch: 5, concurrency: 4 };

export async function startDeliveryStage({ protocol, lose }: StageOptions): Promise<DeliveryStage> {
  const closers: Closers = [];
  const stop = async (): Promise<void> => {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
  };
  try {
    const ports = await freePorts({ postgres: 0 });
    const { url, neonEndpoint } = await startDatabase({ persist: false, port: ports.postgres }, closers);
    const provider = await startFakeMailProvider(protocol, lose);
    closers.push(async () => await provider.close());
    const runtime: { jobs?: Runtime } = {};
    const queue = createDurableQueue(
      async (name, messages) => await deliver(runtime.jobs, { name, messages }),
      CONSUMER,
    );
    closers.push(async () => await queue.stop());
    const bucket = await startDurableBucket();
    closers.push(async () => await bucket.close());
    const outside = await startOutside({
      queue,
      faults: { isStorageDown: false },
      bucket: async () => await Promise.reject(new Error("Nothing is spilled here")),
    });
    closers.push(async () => await outside.close());
    const jobs = await startRuntime(closers, {
      databaseUrl: url,
      neonEndpoint,
      upstash: await startRedis(closers),
      mail: { url: provider.url, apiKey: "local" },
      appOrigin: "http://localhost:1",
      collectOrigin: "http://localhost:1",
      only: ["jobs"],
      vars: { jobs: { MAIL_PROVIDER: protocol } },
      beside: [courier, ...durableBindings(outside.url, bucket.url)],
      bindingOverrides: { jobs: { WORK: WORK_QUEUE, REPORTS: REPORTS_BUCKET } },
    });
    runtime.jobs = jobs;
    return { databaseUrl: url, queue, provider, jobs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function deliver(
  jobs: Runtime | undefined,
  batch: { name: string; messages: readonly unknown[] },
): Promise<Outcome> {
  if (jobs === undefined) throw new Error("There is no consumer yet");
  const body = JSON.stringify({ queue: batch.name, messages: batch.messages });
  const answer = await jobs.workers().fetchBeside(COURIER, "http://courier/", { method: "POST", body });
  if (!answer.ok) throw new Error(`The courier answered ${answer.status}`);
  return (await answer.json()) as Outcome;
}
