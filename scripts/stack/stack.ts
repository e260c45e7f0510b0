import { join } from "node:path";
import { startDemoShop } from "#scripts/demo-shop/demo-shop.ts";
import { startDashboardServer } from "./dashboard/dashboard-server.ts";
import { forward } from "./http/forward.ts";
import { listenHttp, type ListeningServer } from "./http/http-server.ts";
import { freePorts } from "./ports.ts";
import type { Postgres } from "./postgres/postgres.ts";
import { projectFolder } from "./project.ts";
import { type Closers, mailSettings, startDatabase, startMail, startRedis } from "./services.ts";
import { startCronTicker } from "./workers/cron-ticker.ts";
import { startStorageMirror } from "./workers/storage-mirror.ts";
import { type Mailing, type MailService, startWorkers, type Workers } from "./workers/workers.ts";

export type StackPorts = { app: number; collect: number; mail: number; shop: number; postgres: number };

export type StackOptions = {
  /** Keep everything under the state folder, and survive a crash; otherwise it is gone at the end. */
  persist: boolean;
  /** Wishes; a taken port becomes the next free one. Without a wish any free port is taken. */
  ports?: Partial<StackPorts> | undefined;
  /** Instead of a Postgres of our own. Neon's own addresses are reached as in production. */
  databaseUrl?: string | undefined;
  /** Further databases by name; without an address one in our own Postgres. */
  databaseUrls?: Readonly<Record<string, string | undefined>> | undefined;
  /** Where new accounts are placed; else in `main`. */
  newAccountsDatabase?: string | undefined;
  upstash?: { url: string; token: string } | undefined;
  /** Instead of the mail catcher. */
  mail?: MailService | undefined;
  mailing?: Mailing | undefined;
  /** How often the minutely cron runs; undefined: only when asked. */
  minuteEveryMs?: number | undefined;
};

export type Stack = {
  ports: StackPorts;
  appOrigin: string;
  collectOrigin: string;
  shopOrigin: string;
  databaseUrl: string;
  /** Of the further databases, by name. */
  databaseUrls: Readonly<Record<string, string>>;
  /** The page and the API of the mail catcher; undefined when mail really goes out. */
  mailUrl: string | undefined;
  workers: Workers;
  /** Undefined when the database is somebody else's. */
  postgres: Postgres | undefined;
  /** The demo shop carries this site's snippet from now on. */
  setShopSite(siteKey: string): void;
  stop(): Promise<void>;
};

const NO_WISH: StackPorts = { app: 0, collect: 0, mail: 0, shop: 0, postgres: 0 };

/** Starts everything Waymark needs, migrates the database, and returns where it all is. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const closers: Closers = [];
  const stop = async (): Promise<void> => {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
  };
  try {
    return { ...(await startParts(options, closers)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(options: StackOptions, closers: Closers): Promise<Omit<Stack, "stop">> {
  const ports = await freePorts({ ...NO_WISH, ...options.ports });
  const appOrigin = `http://localhost:${ports.app}`;
  const collectOrigin = `http://localhost:${ports.collect}`;
  const database = await startDatabase({ ...options, port: ports.postgres }, closers);
  const mail = await mailSettings(options, async () => await startMail(ports.mail, closers));
  const workers = await startWorkers({
    databaseUrl: database.url,
    databaseUrls: database.urls,
    neonEndpoint: database.neonEndpoint,
    ...(options.newAccountsDatabase === undefined
      ? {}
      : { vars: { api: { NEW_ACCOUNTS_DATABASE: options.newAccountsDatabase } } }),
    upstash: options.upstash ?? (await startRedis(closers)),
    mail,
    appOrigin,
    collectOrigin,
  });
  closers.push(async () => await workers.stop());
  await startAround(workers, options, closers);

  const shop = await startDemoShop({ collectOrigin, port: ports.shop });
  const servers = [await startDashboard(workers, ports.app), await startEdge(workers, ports.collect), shop];
  closers.push(async () => void (await Promise.all(servers.map(async (server) => await server.close()))));
  return {
    ports,
    appOrigin,
    collectOrigin,
    shopOrigin: `http://localhost:${ports.shop}`,
    databaseUrl: database.url,
    databaseUrls: database.urls,
    mailUrl: options.mail === undefined ? mail.url : undefined,
    workers,
    postgres: database.postgres,
    setShopSite: (siteKey) => shop.setSite(siteKey),
  };
}

/** What the runtime leaves to us: to keep KV and R2 over a restart, and to fire the crons. */
async function startAround(workers: Workers, options: StackOptions, closers: Closers): Promise<void> {
  if (options.persist) {
    const mirror = await startStorageMirror(workers);
    closers.push(async () => await mirror.stop());
  }
  if (options.minuteEveryMs !== undefined) {
    const ticker = startCronTicker(workers, options.minuteEveryMs);
    closers.push(async () => await ticker.stop());
  }
}

async function startDashboard(workers: Workers, port: number): Promise<ListeningServer> {
  return await startDashboardServer({ dist: join(projectFolder, "frontend", "dist"), workers }, port);
}

async function startEdge(workers: Workers, port: number): Promise<ListeningServer> {
  return await listenHttp(
    async (request, response) =>
      await forward(request, response, async (url, init) => await workers.fetch("collect", url, init)),
    port,
  );
}
