import { reachableFolder } from "#scripts/stack/project.ts";
import { freePort } from "#scripts/stack/ports.ts";
import { join } from "node:path";
import { findPostgresBinaries } from "./binaries.ts";
import { ensureCluster, PASSWORD, ROLE } from "./cluster.ts";
import { clearStaleServer } from "./stale-server.ts";
import { launchServer, type ServerProcess } from "./server-process.ts";
import { serverUser } from "./server-user.ts";

export type PostgresOptions = {
  /** Name of the data folder. */
  folderName: string;
  /** The folder that it is in, which the server's user can reach; the state folder otherwise. */
  parent?: string | undefined;
  /** Survives a crash of the machine (fsync): on for development, off for tests. */
  durable: boolean;
  port?: number | undefined;
  /** Of the server, by name. */
  settings?: Readonly<Record<string, string>>;
};

export type Postgres = {
  port: number;
  folder: string;
  /** Connection string of one of its databases. */
  url(database: string): string;
  /** Ends the server in good order; the data stay. */
  stop(): Promise<void>;
  /** Starts it again, on the same port with the same data. */
  start(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
};

/** Starts a real Postgres from the npm package, as a user without rights when we are root. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { settings = {} } = options;
  const binaries = await findPostgresBinaries();
  const user = serverUser();
  const folder = join(options.parent ?? reachableFolder(), options.folderName);
  await clearStaleServer(folder);
  await ensureCluster({ binaries, folder, user, durable: options.durable });
  const port = await freePort(options.port);
  const launch = async (): Promise<ServerProcess> =>
    await launchServer({ binaries, folder, user, port, durable: options.durable, settings });
  let server: ServerProcess | undefined = await launch();

  return {
    port,
    folder,
    url: (database) => `postgresql://${ROLE}:${PASSWORD}@127.0.0.1:${port}/${database}`,
    async stop() {
      await server?.stop();
      server = undefined;
    },
    async start() {
      server ??= await launch();
    },
    async kill() {
      await server?.kill();
      server = undefined;
    },
  };
}
