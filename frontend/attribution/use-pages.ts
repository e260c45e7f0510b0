import { useCallback, useEffect, useState } from "preact/hooks";

import { load } from "#frontend/api/client.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import type { Resource } from "#frontend/api/use-resource.ts";

type Page = { next: string | null; items: readonly unknown[] };
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
    loadSome<T>(pathOf, next).then(
      (fetched) =>
        setState({ ...further, pages: [...further.pages, ...fetched], problem: null, busy: false }),
      (error: unknown) =>
        setState({
          ...further,
          problem: error instanceof Error ? error : new Error("The next page did not arrive."),
          busy: false,
        }),
    );
  }, [next, further, pathOf]);

  const isBare = pages.every(({ items }) => items.length === 0);
  useEffect(() => {
    if (isBare && further.problem === null) more();
  }, [isBare, further.problem, more]);

  return { first, pages, hasMore: next !== null, busy: further.busy, problem: further.problem, more };
}

/** Enough for a press to have been worth it, and no more than one has the patience for. */
const WANTED = 10;
const MOST_CALLS = 8;

/** A page may hold few items, or none, and still not be the last: as many pages as it takes to show something. */
async function loadSome<T extends Page>(pathOf: (after: string) => string, after: string): Promise<T[]> {
  const pages: T[] = [];
  let next: string | null = after;
  let count = 0;
  while (next !== null && count < WANTED && pages.length < MOST_CALLS) {
    // One page says where the next one begins.
    // oxlint-disable-next-line no-await-in-loop
    const page: T = await load<T>(pathOf(next));
    pages.push(page);
    count += page.items.length;
    next = page.next;
  }
  return pages;
}

function nothingYet<T>(path: string): Further<T> {
  return { path, pages: [], problem: null, busy: false };
}
