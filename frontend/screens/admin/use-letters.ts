import { useEffect, useState } from "preact/hooks";

import type { DeadLetter } from "#contract/admin.ts";
import { load } from "#frontend/api/client.ts";
import type { List } from "#frontend/api/paths.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import type { Resource } from "#frontend/api/use-resource.ts";
import { toast } from "#frontend/parts/toast.tsx";

export type LetterFilter = { state?: string; site?: string; reason?: string };

export type Letters = {
  resource: Resource<List<DeadLetter>>;
  /** Undefined until the first page is here. */
  rows: readonly DeadLetter[] | undefined;
  hasMore: boolean;
  isFetching: boolean;
  more: () => void;
  reload: () => void;
};

/** Pages of letters, each fetched when it is asked for; another filter begins anew. */
export function useLetters(first: string, pathOf: (after: string) => string): Letters {
  const resource = useResource<List<DeadLetter>>(first);
  const [tail, setTail] = useState<List<DeadLetter> | null>(null);
  const [isFetching, setIsFetching] = useState(false);
  useEffect(() => setTail(null), [first]);
  const next = tail ? tail.next : (resource.value?.next ?? null);

  const fetchMore = async (after: string) => {
    setIsFetching(true);
    try {
      const page = await load<List<DeadLetter>>(pathOf(after));
      setTail((before) => ({ items: [...(before?.items ?? []), ...page.items], next: page.next }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message);
    } finally {
      setIsFetching(false);
    }
  };
  return {
    resource,
    rows: resource.value && [...resource.value.items, ...(tail?.items ?? [])],
    hasMore: next !== null,
    isFetching,
    more: () => next !== null && void fetchMore(next),
    reload: () => {
      setTail(null);
      resource.reload();
    },
  };
}
