import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { clearStaleServer, isAlive } from "#scripts/stack/postgres/stale-server.ts";
import { reachableFolder, stateFolder } from "#scripts/stack/project.ts";

/** Two sessions would share one data folder, which neither Postgres nor R2 allows. */
export function claimSession(): void {
  const file = join(stateFolder(), "dev.pid");
  const other = readPid(file);
  if (other !== undefined && other !== process.pid && isAlive(other)) {
    throw new Error(
      `Waymark already runs from this folder (process ${other}). Stop it first; or, if that is another program, remove ${file}.`,
    );
  }
  writeFileSync(file, String(process.pid));
  process.once("exit", () => {
    if (readPid(file) === process.pid) rmSync(file, { force: true });
  });
}

function readPid(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Forgets everything that earlier sessions stored. */
export async function resetState(): Promise<void> {
  const data = join(reachableFolder(), "postgres");
  await clearStaleServer(data);
  const paths = [data, `${data}.log`, join(stateFolder(), "storage"), demoFile()];
  await Promise.all(paths.map(async (path) => await rm(path, { recursive: true, force: true })));
}

/** Where the demo's login is kept, so that it can be printed again. */
export function demoFile(): string {
  return join(stateFolder(), "demo.json");
}
