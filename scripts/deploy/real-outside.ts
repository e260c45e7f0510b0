import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { buildDashboard, buildPixel } from "#scripts/build/build-parts.ts";
import { applyMigrations } from "#scripts/migrations/apply-migrations.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import type { Outside, WranglerAnswer } from "./outside.ts";
import { withoutSecrets } from "./secrets.ts";

const REQUEST_TIMEOUT_MS = 15_000;

const WRANGLER = join(projectFolder, "node_modules", "wrangler", "bin", "wrangler.js");

/** The world. `hidden` are values that no line may hold; `program` is wrangler. */
export function realOutside(hidden: readonly string[], program = WRANGLER): Outside {
  return {
    wrangler: async (args, secrets) => cleaned(await runWrangler(program, args, secrets), hidden),
    request: async (url, init) => {
      const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
      return { status: answer.status, body: await answer.text() };
    },
    migrate,
    build: async () => {
      await buildPixel();
      await buildDashboard();
    },
    writeFile: async (path, text) => {
      await mkdir(join(projectFolder, dirname(path)), { recursive: true });
      await writeFile(join(projectFolder, path), text);
    },
    copy: async (from, to) => {
      await rm(join(projectFolder, to), { recursive: true, force: true });
      await cp(join(projectFolder, from), join(projectFolder, to), { recursive: true });
    },
    pause: async (ms) => await pause(ms),
    say: (line) => console.log(withoutSecrets(line, hidden)),
  };
}

function cleaned(answer: WranglerAnswer, hidden: readonly string[]): WranglerAnswer {
  const { stdout, stderr } = answer;
  return { ...answer, stdout: withoutSecrets(stdout, hidden), stderr: withoutSecrets(stderr, hidden) };
}

/** Secrets go through a file that only its owner can read and that is gone afterwards: arguments can be seen by others. */
async function runWrangler(
  program: string,
  args: readonly string[],
  secrets: Readonly<Record<string, string>> = {},
): Promise<WranglerAnswer> {
  const folder = await mkdtemp(join(tmpdir(), "waymark-deploy-"));
  try {
    const secretsFile = join(folder, "secrets.json");
    const hasSecrets = Object.keys(secrets).length > 0;
    if (hasSecrets) await writeFile(secretsFile, JSON.stringify(secrets), { mode: 0o600 });
    const outputFile = join(folder, "output.jsonl");
    const given = hasSecrets ? [...args, "--secrets-file", secretsFile] : args;
    return await spawnWrangler(program, given, outputFile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function spawnWrangler(
  program: string,
  args: readonly string[],
  outputFile: string,
): Promise<WranglerAnswer> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: projectFolder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_OUTPUT_FILE_PATH: outputFile },
  });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve(exitCode ?? 1));
  });
  return {
    code,
    stdout: Buffer.concat(stdout).toString("utf8"),
    stderr: Buffer.concat(stderr).toString("utf8"),
    records: await readRecords(outputFile),
  };
}

/** Not every command writes them. */
async function readRecords(file: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function migrate(databaseUrl: string, options: { allowDestructive: boolean }): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await applyMigrations(client, join(projectFolder, "db", "migrations"), options);
  } finally {
    await client.end();
  }
}
