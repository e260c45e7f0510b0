import type { Closers } from "#scripts/stack/services.ts";
import { startWorkers, type Workers, type WorkerSettings } from "#scripts/stack/workers/workers.ts";

/** A runtime that can die: the process is killed, with all that it had in memory. */
export type Runtime = { workers(): Workers; kill(): Promise<void>; start(): Promise<void> };

export async function startRuntime(closers: Closers, settings: WorkerSettings): Promise<Runtime> {
  let running: Workers | undefined = await startWorkers(settings);
  const kill = async (): Promise<void> => {
    const dying = running;
    running = undefined;
    await dying?.stop();
  };
  closers.push(kill);
  return {
    kill,
    workers() {
      if (!running) throw new Error("connect ECONNREFUSED: the runtime was killed");
      return running;
    },
    async start() {
      running ??= await startWorkers(settings);
    },
  };
}
