import { inject } from "vitest";
import { createHarness } from "#scripts/stack/workers/harness.ts";
import type { Message } from "#scripts/stack/mail/mail-store.ts";
import { startMailCatcher } from "#scripts/stack/mail/mail-catcher.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { startUpstashEndpoint } from "#scripts/stack/upstash/upstash-endpoint.ts";
import { workerSource } from "#scripts/stack/workers/worker-source.ts";
import { WORKERS, type WorkerLog } from "#scripts/stack/workers/workers.ts";
import { exitOnSigterm } from "#tests/support/exit-on-sigterm.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { APP_ORIGIN, CHEAP_PASSWORDS, COLLECT_ORIGIN } from "#tests/support/start-workers.ts";

/** An api to send requests to. */
export type RunningApi = TestDatabase & {
  /** A request as the Pages Function passes it on: to the dashboard's origin. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  mails(to: string): Promise<Message[]>;
  /** What the edge would read: a KV namespace. */
  edgeConfig(): Promise<EdgeNamespace>;
  takeLogs(): WorkerLog[];
};

/** An api of a test's own, which can be stopped. */
export type TestApi = RunningApi & { stopCache(): Promise<void>; stop(): Promise<void> };
type SpillBucket = { put(key: string, text: string): Promise<unknown> };
export type EdgeNamespace = {
  get(key: string, type: "json"): Promise<unknown>;
  list(options: { prefix: string }): Promise<{ keys: { name: string }[] }>;
  delete(key: string): Promise<void>;
};

/** Where the bucket of what could not be queued can be written to. */
type WithSpill = {
  /** Puts an object where bodies lie that nobody could read. */
  putUnreadable(name: string, text: string): Promise<void>;
};
export type RunningApiWithSpill = RunningApi & WithSpill;
export type TestApiWithSpill = TestApi & WithSpill;

let shared: Promise<TestApiWithSpill> | undefined;

/**
 * The one api that the files of this test process share, with its database, cache and mails: a runtime takes a second to
 * start. Its tests bring accounts of their own and look at nobody else's. It ends with the process.
 */
export async function sharedApi(): Promise<RunningApiWithSpill> {
  exitOnSigterm();
  shared ??= startApi();
  return await shared;
}

/** The api Worker alone, in workerd with its bindings of wrangler.toml, on a fresh database. */
export async function startApi(vars: Record<string, string> = {}): Promise<TestApiWithSpill> {
  const database = await createDatabase();
  const upstash = await startUpstashEndpoint({ token: "local" });
  const mail = await startMailCatcher({ apiKey: "local" });
  const harness = await createHarness({
    root: projectFolder,
    workers: [
      {
        ...workerSource("api"),
        vars: {
          STAGE: "local",
          APP_ORIGIN,
          COLLECT_ORIGIN,
          UPSTASH_REDIS_REST_URL: upstash.url,
          MAIL_API_URL: mail.url,
          NEON_HTTP_ENDPOINT: inject("stack").neonEndpoint,
          ...CHEAP_PASSWORDS,
          ...vars,
        },
        secrets: {
          DATABASE_URL: database.databaseUrl,
          UPSTASH_REDIS_REST_TOKEN: "local",
          MAIL_API_KEY: "local",
        },
      },
    ],
  });
  await harness.listen();
  const worker = harness.getWorker<{ EDGE_CONFIG: EdgeNamespace; SPILL: SpillBucket }>(WORKERS.api);

  return {
    ...database,
    fetch: async (path, init) =>
      (await worker.fetch(new URL(path, APP_ORIGIN), {
        redirect: "manual",
        ...(init as object),
      })) as unknown as Response,
    mails: async (to) => await readMails(mail.url, to),
    edgeConfig: async () => (await worker.getEnv()).EDGE_CONFIG,
    async putUnreadable(name, text) {
      await (await worker.getEnv()).SPILL.put(`unreadable/${name}`, text);
    },
    takeLogs() {
      const logs = harness.getLogs();
      harness.clearLogs();
      return logs;
    },
    stopCache: async () => await upstash.close(),
    async stop() {
      await harness.close();
      await Promise.all([upstash.close().catch(() => undefined), mail.close()]);
    },
  };
}

async function readMails(mailUrl: string, to: string): Promise<Message[]> {
  const url = new URL("/api/messages", mailUrl);
  url.searchParams.set("to", to);
  const { items } = (await (await fetch(url)).json()) as { items: Message[] };
  return items;
}
