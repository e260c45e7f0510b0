import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Everything the local stack keeps lives here; `--reset` removes it. WAYMARK_STATE names another folder. */
export function stateFolder(): string {
  const folder = resolve(projectFolder, process.env["WAYMARK_STATE"] ?? ".waymark");
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * A folder that the unprivileged Postgres user can reach. That is the state folder, unless the project lies
 * below a private directory (such as /root): then one in the temporary directory that belongs to it alone.
 */
export function reachableFolder(): string {
  const state = stateFolder();
  if (isReachableByOthers(state)) return state;

  const key = createHash("sha256").update(state).digest("hex").slice(0, 16);
  const folder = join(tmpdir(), `waymark-${key}`);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  return folder;
}

/** Whether a user who owns nothing here may walk down to the folder. Only root drops its rights, so only root asks. */
export function isReachableByOthers(folder: string): boolean {
  if (process.getuid?.() !== 0) return true;

  for (let step = folder; ; step = dirname(step)) {
    if ((statSync(step).mode & 0o001) === 0) return false;
    if (step === dirname(step)) return true;
  }
}
