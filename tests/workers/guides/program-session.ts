import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "#scripts/stack/project.ts";

/** Where a block of shell runs: in a folder of the page's own, or where one stands with a copy of the project. */
export type Place = "scratch" | "project";

/** The programs of one page, run one after the other; each sees the variables that the ones before exported. */
export type ProgramSession = {
  set(name: string, value: string): void;
  /** Runs a block and returns what it printed. Throws with its errors when it fails. */
  shell(code: string, place?: Place): Promise<string>;
  node(code: string, extension: "mjs" | "mts"): Promise<string>;
  close(): Promise<void>;
};

const STRICT = "set -euo pipefail\nset -a\n";

export async function startSession(variables: Readonly<Record<string, string>>): Promise<ProgramSession> {
  const folder = await mkdtemp(join(tmpdir(), "waymark-guide-"));
  const environment = { ...process.env, ...variables };
  const kept = join(folder, "variables");
  await writeFile(kept, "");
  let added = "";
  return {
    set(name, value) {
      environment[name] = value;
      added += `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`;
    },
    async shell(code, place = "scratch") {
      const file = join(folder, "block.sh");
      await writeFile(file, `${STRICT}. '${kept}'\n${added}${code}\nexport -p > '${kept}'\n`);
      return await run("bash", [file], place === "project" ? projectFolder : folder, environment);
    },
    async node(code, extension) {
      await writeFile(join(folder, `block.${extension}`), code);
      return await run(process.execPath, ["--no-warnings", `block.${extension}`], folder, environment);
    },
    close: async () => await rm(folder, { recursive: true, force: true }),
  };
}

// oxlint-disable-next-line max-params -- a program, its words, and where it runs
async function run(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve(exitCode ?? 1));
  });
  const text = Buffer.concat(output).toString("utf8");
  if (code !== 0)
    throw new Error(`It ended with ${code}:\n${text}\n${Buffer.concat(errors).toString("utf8")}`);
  return text;
}
