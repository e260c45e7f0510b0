import { inject } from "vitest";
import { type MailCatcher, startMailCatcher } from "#scripts/stack/mail/mail-catcher.ts";
import type { Message } from "#scripts/stack/mail/mail-store.ts";
import { startUpstashEndpoint, type UpstashEndpoint } from "#scripts/stack/upstash/upstash-endpoint.ts";
import { startWorkers as runWorkers, type WorkerName, type Workers } from "#scripts/stack/workers/workers.ts";
import { createDatabase, type TestDatabase } from "./create-database.ts";

export const APP_ORIGIN = "http://localhost:8787";
export const COLLECT_ORIGIN = "http://localhost:8788";
/** scrypt with N = 2^10, a thirtieth of what production spends: hashing must not be what a test waits for. */
export const CHEAP_PASSWORDS = { PASSWORD_LN: "10" } as const;

export type TestWorkers = TestDatabase & {
  /** A request to the dashboard's origin, as the Pages Function passes it on. */
  api(path: string, init?: RequestInit): Promise<Response>;
  collect(path: string, init?: RequestInit): Promise<Response>;
  workers: Workers;
  mail: MailCatcher;
  /** The mails caught so far, newest first. */
  mails(to?: string): Promise<Message[]>;
  stop(): Promise<void>;
};

export type TestWorkerOptions = {
  database?: TestDatabase;
  /** Further databases by name; `database` is `main`. */
  further?: Readonly<Record<string, TestDatabase>>;
  vars?: Partial<Record<WorkerName, Record<string, string>>>;
};

/** The three Workers in workerd on a fresh database, with a Redis and a mail catcher of their own. */
export async function startWorkers(options: TestWorkerOptions = {}): Promise<TestWorkers> {
  const database = options.database ?? (await createDatabase());
  const upstash = await startUpstashEndpoint({ token: "local" });
  const mail = await startMailCatcher({ apiKey: "local" });
  const workers = await runWorkers({
    databaseUrl: database.databaseUrl,
    databaseUrls: Object.fromEntries(
      Object.entries(options.further ?? {}).map(([name, { databaseUrl }]) => [name, databaseUrl]),
    ),
    neonEndpoint: inject("stack").neonEndpoint,
    upstash,
    mail,
    appOrigin: APP_ORIGIN,
    collectOrigin: COLLECT_ORIGIN,
    vars: { ...options.vars, api: { ...CHEAP_PASSWORDS, ...options.vars?.api } },
  });

  return {
    ...database,
    workers,
    mail,
    api: async (path, init) => await workers.fetch("api", new URL(path, APP_ORIGIN), init),
    collect: async (path, init) => await workers.fetch("collect", new URL(path, COLLECT_ORIGIN), init),
    mails: async (to) => await readMails(mail, to),
    stop: async () => await stopAll(workers, upstash, mail),
  };
}

async function readMails(mail: MailCatcher, to: string | undefined): Promise<Message[]> {
  const url = new URL("/api/messages", mail.url);
  if (to !== undefined) url.searchParams.set("to", to);
  const { items } = (await (await fetch(url)).json()) as { items: Message[] };
  return items;
}

async function stopAll(workers: Workers, upstash: UpstashEndpoint, mail: MailCatcher): Promise<void> {
  await workers.stop();
  await Promise.all([upstash.close(), mail.close()]);
}
