import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { projectFolder } from "#scripts/stack/project.ts";

const GENERATED: ReadonlySet<string> = new Set(["dist", "node_modules", ".wrangler"]);

/** Whether a build's result is absent or older than the newest of its inputs (files or folders of the project). */
export async function isStale(output: string, inputs: readonly string[]): Promise<boolean> {
  const builtAtMs = await stat(join(projectFolder, output)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  if (builtAtMs === 0) return true;
  const changed = await Promise.all(
    inputs.map(async (input) => await newestChange(join(projectFolder, input))),
  );
  return Math.max(...changed) > builtAtMs;
}

async function newestChange(path: string): Promise<number> {
  const facts = await stat(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  const names = (await readdir(path)).filter((name) => !GENERATED.has(name));
  const changes = await Promise.all(names.map(async (name) => await newestChange(join(path, name))));
  return Math.max(0, ...changes);
}
