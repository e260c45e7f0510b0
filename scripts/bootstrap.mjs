// Plain JavaScript for any Node from 20 on: it runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(root, "node_modules", ".waymark-lock");
const bin = join(root, "node_modules", ".bin");
const OLDEST_NODE = 20;

/**
 * Installs what is missing, then runs a TypeScript file under the Node 22 that npm brought. Ends when it ends.
 * With `ownGroup` a Ctrl-C reaches the file alone, as SIGTERM, so that it can end its own children in order.
 */
export async function runUnderOwnNode(file, args, { ownGroup = false } = {}) {
  const [major = 0] = process.versions.node.split(".").map(Number);
  if (major < OLDEST_NODE) {
    console.error(`Waymark needs Node ${OLDEST_NODE} or newer to start; this is ${process.versions.node}.`);
    process.exit(1);
  }
  install();
  const child = spawn(ownNode(), [file, ...args], {
    cwd: root,
    // The channel tells it when we are gone, even if we were killed.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    detached: ownGroup,
    // Programs with `#!/usr/bin/env node` find this Node too.
    env: { ...process.env, NODE_OPTIONS: nodeOptions(), PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` },
  });
  process.on("SIGINT", () => ownGroup && child.kill("SIGTERM"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGTERM"));
  const code = await new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(`Cannot run ${file}: ${error.message}`);
      resolve(1);
    });
    child.once("exit", (exitCode, signal) => resolve(exitCode ?? (signal === "SIGINT" ? 130 : 143)));
  });
  if (ownGroup) endGroup(child.pid);
  process.exit(code);
}

/** If it was killed, its own children were not. */
function endGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody is left in it, which is as it should be.
  }
}

/** Where npm has no Node for the platform, the one that runs us has to do. */
function ownNode() {
  const node = join(bin, process.platform === "win32" ? "node.exe" : "node");
  return existsSync(node) ? node : process.execPath;
}

/** Those of the caller, and what makes Drizzle load in no time, for every Node started from here on. */
function nodeOptions() {
  const given = process.env.NODE_OPTIONS ?? "";
  const ours = `--import=${pathToFileURL(join(root, "scripts", "drizzle-imports.mjs")).href}`;
  return given.includes(ours) ? given : `${given} ${ours}`.trim();
}

/** `npm ci`, unless what is installed came from this very lock. */
function install() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;

  console.error("Installing packages…");
  // Install scripts are not needed: what they would have prepared is prepared where it is used.
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status } = spawnSync(
    npm,
    ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: root,
      // What the program itself prints may be read by another one.
      stdio: ["inherit", process.stderr.fd, "inherit"],
      shell: process.platform === "win32",
    },
  );
  if (status !== 0) {
    console.error("Cannot install packages: npm ci failed (see above).");
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}
