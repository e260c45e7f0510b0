let isSet = false;

/**
 * For what the files of a test process share, which nobody stops: at the end Vitest sends SIGTERM, and half a second later
 * SIGKILL. Miniflare's hook on exit kills its runtimes at once; its signal handlers `startWorkers` has taken away, and to
 * stop in order takes longer than that on a busy machine. Vitest lets nobody call `process.exit`.
 */
export function exitOnSigterm(): void {
  if (isSet) return;
  isSet = true;
  process.once("SIGTERM", () => {
    process.emit("exit", 143);
    process.kill(process.pid, "SIGKILL");
  });
}
