import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { applyMigrations } from "#scripts/migrations/apply-migrations.ts";
import { type NeonEndpoint, startNeonEndpoint } from "#scripts/stack/neon/neon-endpoint.ts";
import { type Postgres, startPostgres } from "#scripts/stack/postgres/postgres.ts";
import { clearStaleServer, isAlive } from "#scripts/stack/postgres/stale-server.ts";
import { projectFolder, reachableFolder } from "#scripts/stack/project.ts";
import { memoryFolder } from "./memory-folder.ts";

export const TEMPLATE_DATABASE = "waymark_template";

/**
 * A hundred databases that live for seconds: nobody vacuums them, a test that depends on statistics gathers them itself,
 * and their log is never needed. The planner's settings stay those of production.
 */
const SHORT_LIVED = {
  autovacuum: "off",
  synchronous_commit: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "1GB",
  checkpoint_timeout: "1d",
  // Killed at the end, it would leave those of the system behind.
  dynamic_shared_memory_type: "mmap",
};
const FOLDER_PREFIX = "postgres-test-";

/** Where the shared parts of a test run are; plain data, because it travels to the test processes. */
export type TestStackAddresses = {
  /** An administrator's connection string; its database holds nothing. */
  adminUrl: string;
  postgresPort: number;
  /** `neonConfig.fetchEndpoint` */
  neonEndpoint: string;
  /** `neonConfig.wsProxy` */
  neonWsProxy: string;
};

export type TestStack = { addresses: TestStackAddresses; stop(): Promise<void> };

/** One Postgres with a migrated template database, and our Neon endpoint in front of it. */
export async function startTestStack(): Promise<TestStack> {
  const parent = (await memoryFolder()) ?? reachableFolder();
  await sweepEarlierRuns(parent);
  const folderName = `${FOLDER_PREFIX}${process.pid}`;
  const postgres = await startPostgres({ parent, folderName, durable: false, settings: SHORT_LIVED });
  await migrateTemplate(postgres);
  // Nearly half of what Postgres does for the tests is parsing and planning the same few hundred statements.
  const neon = await startNeonEndpoint({ host: "127.0.0.1", port: postgres.port }, { keepsPlans: true });

  return { addresses: addressesOf(postgres, neon), stop: async () => await stopAll(postgres, neon) };
}

function addressesOf(postgres: Postgres, neon: NeonEndpoint): TestStackAddresses {
  return {
    adminUrl: postgres.url("postgres"),
    postgresPort: postgres.port,
    neonEndpoint: neon.url,
    neonWsProxy: neon.wsProxy,
  };
}

async function stopAll(postgres: Postgres, neon: NeonEndpoint): Promise<void> {
  await neon.close();
  await postgres.kill();
  await removeCluster(postgres.folder);
}

async function migrateTemplate(postgres: Postgres): Promise<void> {
  const admin = new Client({ connectionString: postgres.url("postgres") });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
  await admin.end();

  const template = new Client({ connectionString: postgres.url(TEMPLATE_DATABASE) });
  await template.connect();
  try {
    await applyMigrations(template, join(projectFolder, "db", "migrations"));
  } finally {
    await template.end();
  }
}

/** Runs that were killed leave their data behind: their folder is named after the process that made it. */
async function sweepEarlierRuns(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const owner = /^postgres-test-(\d+)(?:-[0-9a-f]+)?$/.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    await clearStaleServer(join(folder, name));
    await removeCluster(join(folder, name));
  }
}

async function removeCluster(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  await rm(`${folder}.log`, { force: true });
}
