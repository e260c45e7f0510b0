/** Whether a part of the platform answers. Throws when it does not. */
export type Probe = () => Promise<unknown>;

/** The parts of bindings that are used. None of them writes anything. */
export type ProbedQueue = { metrics(): Promise<unknown> };
export type ProbedBucket = { head(key: string): Promise<unknown> };
export type ProbedNamespace = { get(key: string, type: "json"): Promise<unknown> };

/** No object and no entry of ours has this name. */
const NOBODY = "readyz";

export function queueProbe(queue: ProbedQueue): Probe {
  return async () => await queue.metrics();
}

export function storageProbe(bucket: ProbedBucket): Probe {
  return async () => await bucket.head(NOBODY);
}

export function namespaceProbe(namespace: ProbedNamespace): Probe {
  return async () => await namespace.get(NOBODY, "json");
}
