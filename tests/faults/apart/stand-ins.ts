import type { BesideWorker } from "#scripts/stack/workers/workers.ts";

/** Fewer than in production: each needs a Worker to stand in for it. */
export const SHARDS = 2;
export const COURIER = "courier";
export const STORAGE = "storage";

const FOLDER = "./tests/faults/apart/workers";
const COMPATIBILITY = { compatibility_date: "2026-10-23" };
const shards = Array.from({ length: SHARDS }, (_, shard) => shard);

/** Collect's queue bindings, answered by `queues`. */
export const queueBindings = Object.fromEntries(shards.map((shard) => [`EVENTS_${shard}`, `queue-${shard}`]));

export function queues(outsideUrl: string): BesideWorker[] {
  return shards.map((shard) => ({
    ...COMPATIBILITY,
    name: `queue-${shard}`,
    main: `${FOLDER}/queue.js`,
    vars: { OUTSIDE: outsideUrl, QUEUE: `waymark-events-${shard}` },
  }));
}

export function storage(outsideUrl: string): BesideWorker {
  return { ...COMPATIBILITY, name: STORAGE, main: `${FOLDER}/storage.js`, vars: { OUTSIDE: outsideUrl } };
}

export const WORK_QUEUE = "work-queue";
export const REPORTS_BUCKET = "reports-bucket";

/** The jobs Worker's own queue, and its bucket of reports. */
export function durableBindings(outsideUrl: string, bucketUrl: string): BesideWorker[] {
  return [
    {
      ...COMPATIBILITY,
      name: WORK_QUEUE,
      main: `${FOLDER}/queue.js`,
      vars: { OUTSIDE: outsideUrl, QUEUE: "waymark-work" },
    },
    { ...COMPATIBILITY, name: REPORTS_BUCKET, main: `${FOLDER}/bucket.js`, vars: { OUTSIDE: bucketUrl } },
  ];
}

export const courier: BesideWorker = {
  ...COMPATIBILITY,
  name: COURIER,
  main: `${FOLDER}/courier.js`,
  // So a Worker may call another one's `queue`, as the platform does.
  compatibility_flags: ["service_binding_extra_handlers"],
  services: [{ binding: "JOBS", service: "waymark-jobs" }],
};
