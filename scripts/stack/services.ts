import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { applyMigrations } from "#scripts/migrations/apply-migrations.ts";
import { type MailCatcher, startMailCatcher } from "./mail/mail-catcher.ts";
import { startNeonEndpoint } from "./neon/neon-endpoint.ts";
import { type Postgres, startPostgres } from "./postgres/postgres.ts";
import { projectFolder } from "./project.ts";
import type { Mailing, MailService } from "./workers/workers.ts";
import { startUpstashEndpoint, type UpstashEndpoint } from "./upstash/upstash-endpoint.ts";

/** What ends the parts that were started, the last one first. */
export type Closers = (() => Promise<void>)[];

export type StackDatabase = {
  /** Of `main`. */
  url: string;
  /** Of the others, by name. */
  urls: Record<string, string>;
  neonEndpoint: string | undefined;
  postgres: Postgres | undefined;
};

export type DatabaseOptions = {
  persist: boolean;
  databaseUrl?: string | undefined;
  /** Further databases by name; without an address one in our own Postgres. */
  databaseUrls?: Readonly<Record<string, string | undefined>> | undefined;
  port: number;
};

const DATABASE = "waymark";
const LOCAL_SECRET = "local";

/**
 * The database of `databaseUrl`, or one in a Postgres of our own, and the further ones; migrated, and reachable as Neon
 * is. Throws when a further one has no address and there is no Postgres of ours to make it in, or when they are on
 * different servers that are not Neon's: the endpoint stands before one.
 */
export async function startDatabase(options: DatabaseOptions, closers: Closers): Promise<StackDatabase> {
  const postgres = options.databaseUrl === undefined ? await startOwnPostgres(options, closers) : undefined;
  const url = options.databaseUrl ?? postgres?.url(DATABASE) ?? "";
  const urls = await furtherDatabases(options, postgres);
  for (const each of [url, ...Object.values(urls)]) await migrate(each);

  // Neon answers its own protocol; before any other Postgres stands our endpoint.
  const { hostname, port } = new URL(url);
  if (hostname.endsWith(".neon.tech")) return { url, urls, neonEndpoint: undefined, postgres };
  const elsewhere = Object.keys(urls).find((name) => new URL(urls[name] ?? "").host !== new URL(url).host);
  if (elsewhere !== undefined)
    throw new Error(`DATABASE_URL_${elsewhere.toUpperCase()} is on another server.`);
  const neon = await startNeonEndpoint({ host: hostname, port: port === "" ? 5432 : Number(port) });
  closers.push(async () => await neon.close());
  return { url, urls, neonEndpoint: neon.url, postgres };
}

async function furtherDatabases(
  { databaseUrls = {} }: DatabaseOptions,
  postgres: Postgres | undefined,
): Promise<Record<string, string>> {
  const urls: Record<string, string> = {};
  for (const [name, given] of Object.entries(databaseUrls)) {
    if (given === undefined && postgres === undefined) {
      throw new Error(`DATABASE_URL needs DATABASE_URL_${name.toUpperCase()} beside it.`);
    }
    if (given === undefined && postgres !== undefined) {
      await createDatabaseIfAbsent(postgres, `${DATABASE}_${name}`);
      urls[name] = postgres.url(`${DATABASE}_${name}`);
    } else urls[name] = given ?? "";
  }
  return urls;
}

async function startOwnPostgres({ persist, port }: DatabaseOptions, closers: Closers): Promise<Postgres> {
  const folderName = persist ? "postgres" : `postgres-test-${process.pid}-${randomBytes(3).toString("hex")}`;
  const postgres = await startPostgres({ folderName, durable: persist, port });
  closers.push(async () => {
    await postgres.stop();
    if (!persist) await removeData(postgres.folder);
  });
  await createDatabaseIfAbsent(postgres, DATABASE);
  return postgres;
}

async function removeData(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  await rm(`${folder}.log`, { force: true });
}

async function createDatabaseIfAbsent(postgres: Postgres, name: string): Promise<void> {
  await withClient(postgres.url("postgres"), async (admin) => {
    const { rowCount } = await admin.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) await admin.query(`CREATE DATABASE ${name}`);
  });
}

async function migrate(url: string): Promise<void> {
  await withClient(url, async (client) => {
    // Nobody waits for a database on this machine, and no Workers of the version before use it.
    const options = { allowDestructive: true, maxHoldMs: Infinity };
    await applyMigrations(client, join(projectFolder, "db", "migrations"), options);
  });
}

async function withClient(connectionString: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** The Redis of `REDIS_URL`, or one in this process, behind Upstash's protocol. */
export async function startRedis(closers: Closers): Promise<UpstashEndpoint> {
  const redisUrl = process.env["REDIS_URL"];
  const upstash = await startUpstashEndpoint({ token: LOCAL_SECRET, redisUrl });
  closers.push(async () => await upstash.close());
  return upstash;
}

export async function startMail(port: number, closers: Closers): Promise<MailCatcher> {
  const mail = await startMailCatcher({ apiKey: LOCAL_SECRET, port });
  closers.push(async () => await mail.close());
  return { ...mail, url: `http://localhost:${mail.port}` };
}

/** The service that was asked for, or the mail catcher, with the sender and the pace that were asked for. */
export async function mailSettings(
  asked: { mail?: MailService | undefined; mailing?: Mailing | undefined },
  startCatcher: () => Promise<{ url: string; apiKey: string }>,
): Promise<MailService & Mailing> {
  const { apiKey, url, provider }: MailService = asked.mail ?? (await startCatcher());
  return { apiKey, url, provider, ...asked.mailing };
}
