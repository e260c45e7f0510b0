import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const SHUTDOWN_POLLS = 100;
const POLL_MS = 50;

/** The process that holds a data folder, or undefined when none does. */
export async function serverPid(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, "postmaster.pid"), "utf8").catch(() => "");
  const pid = Number.parseInt(text, 10);
  return Number.isNaN(pid) ? undefined : pid;
}

/**
 * Clears what a crash left behind: ends the server that still holds the data folder, and removes a pid file
 * whose number meanwhile belongs to another program (Postgres itself would then refuse to start).
 */
export async function clearStaleServer(folder: string): Promise<void> {
  const pid = await serverPid(folder);
  if (pid === undefined) return;

  if (isAlive(pid) && (await isServerOf(pid, folder))) {
    process.kill(pid, "SIGINT");
    await waitUntilGone(pid);
  }
  await rm(join(folder, "postmaster.pid"), { force: true });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function isServerOf(pid: number, folder: string): Promise<boolean> {
  if (process.platform === "win32") return true;
  const commandLine = await run("ps", ["-o", "args=", "-p", String(pid)])
    .then(({ stdout }) => stdout)
    .catch(async () =>
      (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " "),
    );
  return commandLine.includes("postgres") && commandLine.includes(folder);
}

async function waitUntilGone(pid: number): Promise<void> {
  for (let poll = 0; poll < SHUTDOWN_POLLS; poll += 1) {
    if (!isAlive(pid)) return;
    await sleep(POLL_MS);
  }
  throw new Error(
    `Cannot start Postgres: an earlier server (process ${pid}) holds its data and does not end.`,
  );
}
