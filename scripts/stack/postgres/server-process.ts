import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { PASSWORD, ROLE } from "./cluster.ts";
import type { PostgresBinaries } from "./binaries.ts";
import type { ServerUser } from "./server-user.ts";
import { serverPid } from "./stale-server.ts";

const READY_TIMEOUT_MS = 20_000;
const POLL_MS = 20;
const LOG_TAIL_CHARACTERS = 2000;

/**
 * Runs the server and ends it when our end of the pipe closes, which the system does for us even if we are
 * killed: so no Postgres is left behind by a session that ended badly.
 */
const ENDS_WITH_ITS_PARENT = `
exec 3<&0
"$@" 3<&- &
server=$!
( cat <&3 >/dev/null; kill -INT $server 2>/dev/null ) &
wait $server
`;

export type LaunchOptions = {
  binaries: PostgresBinaries;
  folder: string;
  user: ServerUser;
  port: number;
  durable: boolean;
  settings: Readonly<Record<string, string>>;
};

export type ServerProcess = { stop(): Promise<void>; kill(): Promise<void> };

/** Starts the server and returns once it answers. */
export async function launchServer(options: LaunchOptions): Promise<ServerProcess> {
  const logFile = `${options.folder}.log`;
  const child = spawnServer(options, logFile);
  const exited = once(child, "exit");
  const end = async (signal: "SIGINT" | "SIGKILL"): Promise<void> => {
    const pid = await serverPid(options.folder);
    if (pid !== undefined && child.exitCode === null) process.kill(pid, signal);
    await exited;
    child.stdin?.destroy();
  };

  if (!(await answers(options.port, child))) {
    child.kill("SIGKILL");
    child.stdin?.destroy();
    const log = await readFile(logFile, "utf8").catch(() => "");
    throw new Error(`Cannot start Postgres on port ${options.port}:\n${log.slice(-LOG_TAIL_CHARACTERS)}`);
  }
  return { stop: async () => await end("SIGINT"), kill: async () => await end("SIGKILL") };
}

/**
 * glibc gives memory back whenever a statement is done, and asks for it again with the next: on a virtual machine that is
 * some of what a small statement takes. Other C libraries know nothing of these.
 */
const KEEPS_MEMORY = {
  MALLOC_TRIM_THRESHOLD_: "268435456",
  MALLOC_MMAP_THRESHOLD_: "33554432",
  MALLOC_TOP_PAD_: "1048576",
};

function spawnServer(options: LaunchOptions, logFile: string): ChildProcess {
  const command = [options.binaries.postgres, ...serverArguments(options)];
  const log = openSync(logFile, "w");
  const environment = { PATH: process.env["PATH"] ?? "", LC_ALL: "C", TZ: "UTC", ...KEEPS_MEMORY };
  const [program = "", ...args] =
    process.platform === "win32" ? command : ["/bin/sh", "-c", ENDS_WITH_ITS_PARENT, "postgres", ...command];
  const child = spawn(program, args, {
    ...options.user,
    cwd: options.folder,
    env: environment,
    stdio: ["pipe", log, log],
    // A group of its own: Ctrl-C reaches us alone, and we end it after those who still write.
    detached: true,
  });
  closeSync(log);
  return child;
}

function serverArguments({ folder, port, durable, settings }: LaunchOptions): string[] {
  const all: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    max_connections: "300",
    ...(durable ? {} : { fsync: "off", full_page_writes: "off" }),
    ...settings,
  };
  return ["-D", folder, ...Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

async function answers(port: number, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await canConnect(port)) return true;
    await sleep(POLL_MS);
  }
  return false;
}

async function canConnect(port: number): Promise<boolean> {
  const client = new Client({
    host: "127.0.0.1",
    port,
    user: ROLE,
    password: PASSWORD,
    database: "postgres",
  });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
