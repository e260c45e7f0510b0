import { consoleLog } from "./log.ts";
import { isolateMeter, type Meter, type MeterDeps } from "./meter.ts";
import type { WorkQueue } from "./work-queue.ts";

export type QueueMeterDeps = Pick<MeterDeps, "worker" | "tally" | "clock" | "ids" | "defer"> & {
  workQueue: WorkQueue;
};

/** The meter of a Worker that hands its reports to the `work` queue. A queue that refuses one is told in the log. */
export function queueMeter({ workQueue, ...deps }: QueueMeterDeps): Meter {
  return isolateMeter({
    ...deps,
    tell: async (report) => await workQueue.send({ v: 1, kind: "add-meter-report", report }),
    lost: (facts) => consoleLog(deps.worker)("warn", "measures_lost", facts),
    pauseMs: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}
