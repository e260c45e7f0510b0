import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureDashboard, ensureDocs, ensurePixel } from "#scripts/build/ensure-built.ts";
import { type DemoLogin, ensureDemo } from "#scripts/dev/demo.ts";
import { type DevOptions, readDevOptions } from "#scripts/dev/options.ts";
import { claimSession, resetState } from "#scripts/dev/session.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { type Stack, type StackPorts, startStack } from "#scripts/stack/stack.ts";

const LOGS_EVERY_MS = 1000;
const startedAtMs = Date.now();

try {
  await main(readDevOptions(process.argv.slice(2), process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function main(options: DevOptions): Promise<void> {
  claimSession();
  if (options.reset) await resetState();
  await ensurePixel();
  const starting = startStack(options.stack);
  stopOnSignal(starting);
  const [stack] = await Promise.all([starting, buildStaleSite()]);
  showLogs(stack);
  if (options.watch) watchDashboard();

  const isOwnDatabase = options.stack.databaseUrl === undefined;
  const demo = options.empty ? undefined : await makeDemo(stack, isOwnDatabase);
  announce(stack, options, demo);
}

/** Without its demo everything still runs; a half-made one goes with --reset. */
async function makeDemo(stack: Stack, isOwnDatabase: boolean): Promise<DemoLogin | undefined> {
  try {
    return await ensureDemo(stack, isOwnDatabase);
  } catch (error) {
    console.error(`The demo could not be made (try --reset): ${(error as Error).message}`);
    return undefined;
  }
}

/** A dashboard or a page that does not build is its developer's to mend, while everything else goes on. */
async function buildStaleSite(): Promise<void> {
  try {
    await ensureDashboard();
    await ensureDocs();
  } catch (error) {
    console.error((error as Error).message);
  }
}

function announce(stack: Stack, options: DevOptions, demo: DemoLogin | undefined): void {
  for (const [name, wanted] of Object.entries(options.stack.ports ?? {})) {
    const port = stack.ports[name as keyof StackPorts];
    if (port !== wanted) console.log(`Port ${wanted} is taken: ${name} uses ${port} instead.`);
  }
  const rows = [
    ["Dashboard", stack.appOrigin],
    ["Collect", stack.collectOrigin],
    ["Demo shop", stack.shopOrigin],
    ["Mail", stack.mailUrl ?? sentForReal(options)],
    ["Docs", `${stack.appOrigin}/docs/`],
    ["API docs", `${stack.appOrigin}/api/v1/docs`],
    ["Postgres", stack.postgres === undefined ? "yours (DATABASE_URL)" : stack.databaseUrl],
    ...(stack.postgres === undefined ? [] : Object.entries(stack.databaseUrls)),
    ...(demo === undefined ? [] : [["Demo login", `${demo.email}  ${demo.password}`]]),
  ];
  console.log(`\nWaymark is ready (${((Date.now() - startedAtMs) / 1000).toFixed(1)} s)\n`);
  for (const [name = "", value] of rows) console.log(`  ${name.padEnd(12)}${value}`);
  console.log("\nCtrl-C ends it.");
}

function sentForReal({ stack: { mail, mailing } }: DevOptions): string {
  const by = `sent for real by ${mail?.provider ?? "resend"}`;
  return mailing?.from === undefined
    ? `${by}, from the placeholder: MAIL_FROM names another`
    : `${by}, from ${mailing.from}`;
}

/** Also while it starts: then it is stopped as soon as there is something to stop. */
function stopOnSignal(starting: Promise<Stack>): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    // Whoever presses Ctrl-C twice does not want to wait; Postgres ends with us in any case.
    if (isStopping) process.exit(130);
    isStopping = true;
    console.log("\nStopping…");
    await (await starting).stop();
    process.exit(0);
  };
  const stopOrFail = (): void => {
    stop().catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  };
  process.on("SIGINT", stopOrFail);
  process.on("SIGTERM", stopOrFail);
  // Whoever started us is gone, though nobody told us to stop.
  process.on("disconnect", stopOrFail);
}

function showLogs(stack: Stack): void {
  const timer = setInterval(() => {
    for (const { level, message } of stack.workers.takeLogs()) {
      if (level === "error" || level === "warn") console.error(message);
    }
  }, LOGS_EVERY_MS);
  timer.unref();
}

function watchDashboard(): void {
  const folder = ["--config", "frontend/vite.config.ts", "--no-emptyOutDir"];
  const args = ["build", "--watch", ...folder, "--logLevel", "warn"];
  const vite = spawn(join(projectFolder, "node_modules", ".bin", "vite"), args, {
    cwd: projectFolder,
    stdio: "inherit",
  });
  process.once("exit", () => vite.kill());
}
