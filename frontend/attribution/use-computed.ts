import { useEffect, useState } from "preact/hooks";

import { useResource } from "#frontend/api/use-resource.ts";
import type { Resource } from "#frontend/api/use-resource.ts";

type Computable = { status: "computing"; retryAfterMs: number } | { status: "ready" };

const GROWTH = 1.3;
const LONGEST_MS = 10_000;

/** When to ask again, after so many answers that were not ready: at first as soon as the API says. */
export function retryMs(retryAfterMs: number, tries: number): number {
  return Math.min(LONGEST_MS, Math.round(retryAfterMs * GROWTH ** Math.max(0, tries - 1)));
}

/** An answer that may have to be worked out first: asked again, less and less often, until it is there. */
export function useComputed<T extends Computable>(path: string | null): Resource<T> {
  const [tries, setTries] = useState(0);
  const resource = useResource<T>(path, {
    everyMs: (answer) => (answer?.status === "computing" ? retryMs(answer.retryAfterMs, tries) : undefined),
  });
  const { value, isStale } = resource;
  useEffect(() => setTries(0), [path]);
  useEffect(() => {
    if (!isStale && value?.status === "computing") setTries((count) => count + 1);
  }, [value, isStale]);
  return resource;
}
