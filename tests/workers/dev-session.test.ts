// @module-tag long
import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { freePort } from "#scripts/stack/ports.ts";
import { projectFolder } from "#scripts/stack/project.ts";

let state: string;
const sessions: Session[] = [];

// The second session goes on with what the first one made: a database is made once.
beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "waymark-dev-"));
  await chmod(state, 0o755);
});

afterEach(async () => {
  for (const session of sessions.splice(0)) {
    session.process.kill("SIGTERM");
    await session.exit;
  }
});

afterAll(async () => {
  await rm(state, { recursive: true, force: true });
});

type Session = { process: ChildProcess; exit: Promise<number | null>; output(): string };

/** `npm run dev` with a state of its own; the developer's own session goes on undisturbed. */
function startDev(...args: string[]): Session {
  const child = spawn(process.execPath, ["scripts/dev.mjs", ...args], {
    cwd: projectFolder,
    env: {
      ...process.env,
      WAYMARK_STATE: state,
      DATABASE_URL: "",
      UPSTASH_REDIS_REST_URL: "",
      MAIL_API_KEY: "",
      MAIL_API_URL: "",
      MAIL_PROVIDER: "",
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const exit = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const session = { process: child, exit, output: () => output };
  sessions.push(session);
  return session;
}

async function untilReady(session: Session): Promise<Map<string, string>> {
  const ended = session.exit.then(() => "ended");
  for (let waited = 0; waited < 60_000; waited += 100) {
    // The last line: the addresses before it may come in several pieces.
    if (session.output().includes("Ctrl-C ends it.")) break;
    if ((await Promise.race([ended, sleep(100)])) === "ended") throw new Error(session.output());
  }
  return new Map(
    [...session.output().matchAll(/^ {2}(\w[\w ]*?) {2,}(\S+)/gm)].map(([, name = "", url = ""]) => [
      name,
      url,
    ]),
  );
}

/** Below what the system gives to whoever asks for any port: between looking and listening nobody else takes one of these. */
const FIRST_PORT = 12_000 + (process.pid % 15_000);

test(
  "starts everything, moves from a taken port, refuses a second session, and leaves nothing behind",
  { timeout: 120_000 },
  async () => {
    const port = await freePort(FIRST_PORT);
    const occupant = createServer().listen(port, "127.0.0.1");
    const session = startDev("--empty", "--port", String(port));
    const urls = await untilReady(session);

    expect(session.output()).toContain(`Port ${port} is taken`);
    expect(urls.get("Dashboard")).not.toBe(`http://localhost:${port}`);
    expect(await statusOf(urls.get("Dashboard"), "/api/v1/me")).toBe(401);
    expect(await statusOf(urls.get("Dashboard"), "/campaigns/any")).toBe(200);
    expect(await statusOf(urls.get("Docs"), "/docs/users/reports")).toBe(200);
    expect(await statusOf(urls.get("Docs"), "/docs/users/nothing")).toBe(404);
    expect(await statusOf(urls.get("Collect"), "/attribution.js")).toBe(200);
    expect(await statusOf(urls.get("Demo shop"), "/")).toBe(200);
    expect(await statusOf(urls.get("Mail"), "/")).toBe(200);
    expect(urls.has("Demo login")).toBe(false);

    const second = startDev("--empty");
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain("already runs");

    session.process.kill("SIGINT");
    expect(await session.exit).toBe(0);
    for (const url of [urls.get("Dashboard"), urls.get("Collect"), urls.get("Postgres")]) {
      expect(await isListening(url)).toBe(false);
    }
    occupant.close();
  },
);

test("ends with whoever started it, even if that one is killed", { timeout: 120_000 }, async () => {
  const session = startDev("--empty", "--port", String(await freePort(FIRST_PORT)));
  const urls = await untilReady(session);
  session.process.kill("SIGKILL");

  await expect.poll(async () => await isListening(urls.get("Dashboard")), { timeout: 10_000 }).toBe(false);
  await expect.poll(async () => await isListening(urls.get("Postgres")), { timeout: 10_000 }).toBe(false);
});

async function statusOf(origin: string | undefined, path: string): Promise<number> {
  return (await fetch(new URL(path, origin))).status;
}

async function isListening(url: string | undefined): Promise<boolean> {
  const { port } = new URL(url ?? "");
  const server = createServer();
  return await new Promise((resolve) => {
    server.once("error", () => resolve(true));
    server.listen(Number(port), "127.0.0.1", () => server.close(() => resolve(false)));
  });
}
