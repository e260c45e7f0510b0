import { readdir, readFile, writeFile } from "node:fs/promises";

const KIB = 1024;
const MB = 1_000_000;

/** What the process that runs the Workers holds beyond what it held at rest. */
export type WorkerMemory = {
  /** The most, in MB, while `work` ran: code, heap, buffers and what is not yet swept. */
  peakMb: (work: () => Promise<void>) => Promise<number>;
};

/**
 * Watches the runtime's processes that this one has started; what each holds at most is added up. Linux keeps a process's
 * highest resident size and lets it be set back; elsewhere nothing of the kind can be asked, and there is null.
 */
export async function watchWorkers(): Promise<WorkerMemory | null> {
  if (process.platform !== "linux") return null;
  const pids = await runtimesOf(process.pid);
  return {
    async peakMb(work) {
      await Promise.all(pids.map(async (pid) => await writeFile(`/proc/${pid}/clear_refs`, "5")));
      const before = await residentMb(pids, "VmRSS");
      await work();
      return (await residentMb(pids, "VmHWM")) - before;
    },
  };
}

async function runtimesOf(parent: number): Promise<number[]> {
  const entries = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const isOurs = await Promise.all(entries.map(async (pid) => await isRuntime(pid, parent)));
  const pids = entries.filter((_, i) => isOurs[i]).map(Number);
  if (pids.length === 0) throw new Error("No Workers' runtime has been started by this process");
  return pids;
}

/** `pid (name) state parent …` */
async function isRuntime(pid: string, parent: number): Promise<boolean> {
  try {
    const [, name, ppid] = /^\d+ \((.*)\) \S (\d+)/.exec(await readFile(`/proc/${pid}/stat`, "utf8")) ?? [];
    return name === "workerd" && Number(ppid) === parent;
  } catch {
    // It has ended since the folder was read.
    return false;
  }
}

async function residentMb(pids: readonly number[], field: "VmRSS" | "VmHWM"): Promise<number> {
  const sizes = await Promise.all(pids.map(async (pid) => await sizeOf(pid, field)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function sizeOf(pid: number, field: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const [, kib] = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status) ?? [];
  if (kib === undefined) throw new Error(`/proc/${pid}/status says no ${field}`);
  return (Number(kib) * KIB) / MB;
}
