import { join } from "node:path";
import type { TestHarnessOptions } from "wrangler";
import { projectFolder, stateFolder } from "#scripts/stack/project.ts";
import { createHarness } from "./harness.ts";
import { workerSource } from "./worker-source.ts";

/** Each Worker is an environment of the one wrangler.toml. */
export const WORKERS = { collect: "waymark-collect", api: "waymark-api", jobs: "waymark-jobs" } as const;
export type WorkerName = keyof typeof WORKERS;

/** Who takes the mails. */
export type MailService = {
  apiKey: string;
  /** The provider's own when absent. */
  url?: string | undefined;
  /** As `MAIL_PROVIDER` names it; Resend when absent. */
  provider?: string | undefined;
};

/** How mails are sent, whoever takes them. */
export type Mailing = {
  /** `Name <address>`; that of wrangler.toml when absent. */
  from?: string | undefined;
  /** Mails a second. */
  perSecond?: string | undefined;
};

export type WorkerSettings = {
  databaseUrl: string;
  /** Further databases by name. */
  databaseUrls?: Readonly<Record<string, string>>;
  /** Undefined: the real Neon. */
  neonEndpoint?: string | undefined;
  upstash: { url: string; token: string };
  mail: MailService & Mailing;
  appOrigin: string;
  collectOrigin: string;
  /** Further or other values, by Worker. */
  vars?: Partial<Record<WorkerName, Record<string, string>>>;
  /** Only these Workers, in a runtime of their own: it can die without the others. All of them by default. */
  only?: readonly WorkerName[];
  /** Workers of a test beside ours. */
  beside?: readonly BesideWorker[];
  /** By Worker: bindings that one of the Workers beside answers instead of the platform. */
  bindingOverrides?: Partial<Record<WorkerName, Record<string, string>>>;
};

type HarnessWorker = TestHarnessOptions["workers"][number];
export type BesideWorker = Extract<HarnessWorker, { config: unknown }>["config"] & { name: string };

export type WorkerLog = { level: string; message: string; timestamp: number };
export type CronResult = { outcome: string; noRetry: boolean };

export type Workers = {
  /** Redirects are answers like any other: they are not followed. */
  fetch(name: WorkerName, url: string | URL, init?: RequestInit): Promise<Response>;
  /** The same for one of the Workers beside. */
  fetchBeside(name: string, url: string | URL, init?: RequestInit): Promise<Response>;
  /** Runs the `jobs` Worker's handler of this cron expression now, and waits for its end. */
  runCron(cron: string, at?: Date): Promise<CronResult>;
  /** The Worker's live bindings: KV, R2 and queues as the Worker itself sees them. */
  bindings(name: WorkerName): Promise<Record<string, unknown>>;
  /** What the Workers logged since the last call. */
  takeLogs(): WorkerLog[];
  stop(): Promise<void>;
};

/** Runs the three Workers in workerd, with the bindings that wrangler.toml gives them. */
export async function startWorkers(settings: WorkerSettings): Promise<Workers> {
  quietWrangler();
  const beside = (settings.beside ?? []).map((config) => ({ config }));
  const harness = await createHarness({
    root: projectFolder,
    workers: [...ownWorkers(settings), ...beside],
  });
  await withoutItsSignalHandlers(async () => await harness.listen());
  const fetchBeside: Workers["fetchBeside"] = async (name, url, init) =>
    (await harness
      .getWorker(name)
      .fetch(url, { redirect: "manual", ...(init as object) })) as unknown as Response;

  return {
    fetch: async (name, url, init) => await fetchBeside(WORKERS[name], url, init),
    fetchBeside,
    runCron: async (cron, at = new Date()) =>
      await harness.getWorker(WORKERS.jobs).scheduled({ cron, scheduledTime: at }),
    bindings: async (name) => await harness.getWorker<Record<string, unknown>>(WORKERS[name]).getEnv(),
    takeLogs() {
      const logs = harness.getLogs();
      harness.clearLogs();
      return logs;
    },
    stop: async () => await harness.close(),
  };
}

function ownWorkers(settings: WorkerSettings): HarnessWorker[] {
  const names = settings.only ?? (Object.keys(WORKERS) as WorkerName[]);
  return names.map((name) => ({
    ...workerSource(name),
    vars: { ...variables(settings), ...settings.vars?.[name] },
    // Collect never meets a database; it is not even told where one is.
    secrets: name === "collect" ? {} : secrets(settings),
    bindingOverrides: settings.bindingOverrides?.[name] ?? {},
  }));
}

/** The runtime would end this process at the first Ctrl-C, before what stands on it has been put away. */
async function withoutItsSignalHandlers(start: () => Promise<unknown>): Promise<void> {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const ours = signals.map((signal) => new Set(process.listeners(signal)));
  await start();
  for (const [index, signal] of signals.entries()) {
    for (const listener of process.listeners(signal)) {
      if (ours[index]?.has(listener) !== true) process.off(signal, listener);
    }
  }
}

function variables(settings: WorkerSettings): Record<string, string> {
  return {
    STAGE: "local",
    APP_ORIGIN: settings.appOrigin,
    COLLECT_ORIGIN: settings.collectOrigin,
    UPSTASH_REDIS_REST_URL: settings.upstash.url,
    ...mailVariables(settings.mail),
    // Nothing of the local stack needs a network; `npm run rates` brings rates.
    RATES_URL: process.env["RATES_URL"] ?? "",
    ...(settings.neonEndpoint === undefined ? {} : { NEON_HTTP_ENDPOINT: settings.neonEndpoint }),
  };
}

function mailVariables({
  url = "",
  provider,
  from,
  perSecond,
}: WorkerSettings["mail"]): Record<string, string> {
  return {
    MAIL_API_URL: url,
    // The catcher takes all that comes; a real provider keeps its own pace.
    MAIL_PER_SECOND: perSecond ?? (url.startsWith("http:") ? "50" : ""),
    ...(provider === undefined ? {} : { MAIL_PROVIDER: provider }),
    ...(from === undefined ? {} : { MAIL_FROM: from }),
  };
}

function secrets(settings: WorkerSettings): Record<string, string> {
  return {
    DATABASE_URL: settings.databaseUrl,
    ...Object.fromEntries(
      Object.entries(settings.databaseUrls ?? {}).map(([name, url]) => [
        `DATABASE_URL_${name.toUpperCase()}`,
        url,
      ]),
    ),
    UPSTASH_REDIS_REST_TOKEN: settings.upstash.token,
    MAIL_API_KEY: settings.mail.apiKey,
  };
}

/** Wrangler would otherwise ask the network for its own news, and write its logs into the home directory. */
function quietWrangler(): void {
  process.env["WRANGLER_SEND_METRICS"] = "false";
  process.env["WRANGLER_HIDE_BANNER"] = "true";
  process.env["WRANGLER_LOG"] ??= "error";
  process.env["WRANGLER_LOG_PATH"] = join(stateFolder(), "wrangler-logs");
  process.env["CLOUDFLARE_CF_FETCH_ENABLED"] = "false";
}
