import { useCallback, useState } from "preact/hooks";

import { load } from "#frontend/api/client.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import type { Resource } from "#frontend/api/use-resource.ts";

type Page = { next: string | null };
type Further<T> = { path: string; pages: readonly T[]; problem: Error | null; busy: boolean };

export type Pages<T> = {
  first: Resource<T>;
  /** The first page and those fetched after it. */
  pages: readonly T[];
  hasMore: boolean;
  busy: boolean;
  problem: Error | null;
  more: () => void;
};

/** A list that comes in pages, each fetched when it is asked for. `pathOf(null)` is the first. */
export function usePages<T extends Page>(
  pathOf: (after: string | null) => string,
  options: Parameters<typeof useResource<T>>[1] = {},
): Pages<T> {
  const path = pathOf(null);
  const first = useResource<T>(path, options);
  const [state, setState] = useState<Further<T>>(() => nothingYet(path));
  const further = state.path === path ? state : nothingYet<T>(path);
  const pages = first.value ? [first.value, ...further.pages] : [];
  const next = pages.at(-1)?.next ?? null;

  const more = useCallback(() => {
    if (next === null || further.busy) return;
    setState({ ...further, problem: null, busy: true });
    load<T>(pathOf(next)).then(
      (page) => setState({ ...further, pages: [...further.pages, page], problem: null, busy: false }),
      (error: unknown) =>
        setState({
          ...further,
          problem: error instanceof Error ? error : new Error("The next page did not arrive."),
          busy: false,
        }),
    );
  }, [next, further, pathOf]);

  return { first, pages, hasMore: next !== null, busy: further.busy, problem: further.problem, more };
}

function nothingYet<T>(path: string): Further<T> {
  return { path, pages: [], problem: null, busy: false };
}
