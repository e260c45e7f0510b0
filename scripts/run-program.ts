import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { projectFolder } from "#scripts/stack/project.ts";

const running = new Set<ChildProcess>();

/** Whoever ends us means the programs that we run as well. */
export function endProgramsWithUs(): void {
  for (const signal of ["SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      for (const child of running) child.kill(signal);
      process.exit(143);
    });
  }
}

export type ProgramResult = { code: number; output: string };

/** Runs a program of node_modules, or `node` itself, to its end; both its outputs together, in order. */
export async function runProgram(
  name: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<ProgramResult> {
  const isNode = name === "node";
  const file = isNode ? process.execPath : join(projectFolder, "node_modules", ".bin", name);
  const child = spawn(file, args, {
    cwd: projectFolder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
    shell: process.platform === "win32" && !isNode,
  });
  running.add(child);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number>((resolve) => {
    child.once("error", (error) => {
      chunks.push(Buffer.from(`Cannot run ${name}: ${error.message}\n`));
      resolve(1);
    });
    child.once("close", (exitCode) => resolve(exitCode ?? 1));
  });
  running.delete(child);
  return { code, output: Buffer.concat(chunks).toString("utf8") };
}
