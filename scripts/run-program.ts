import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectFolder } from "#scripts/stack/project.ts";

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
  return { code, output: Buffer.concat(chunks).toString("utf8") };
}
