import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test, vi } from "vitest";
import { isAlive } from "#scripts/stack/postgres/stale-server.ts";

/** As a test process of Vitest is: it may not exit, and what it started ends by its hook on exit alone. */
const LIKE_A_TEST_PROCESS = `
import { spawn } from "node:child_process";
import { exitOnSigterm } from "#tests/support/exit-on-sigterm.ts";
process.exit = () => { throw new Error("not allowed"); };
const runtime = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
process.on("exit", () => runtime.kill("SIGKILL"));
exitOnSigterm();
exitOnSigterm();
console.log(runtime.pid);
`;

test("a test process that is told to end takes the runtimes along that its files share", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", LIKE_A_TEST_PROCESS]);
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const runtime = Number(line.toString());
  onTestFinished(() => void (isAlive(runtime) && process.kill(runtime, "SIGKILL")));
  expect(isAlive(runtime)).toBe(true);
  child.kill("SIGTERM");
  await once(child, "exit");
  await vi.waitUntil(() => !isAlive(runtime), { timeout: 5_000 });
});
