import { useCallback, useEffect, useRef, useState } from "preact/hooks";

import { cached, load, onInvalidate } from "./client.ts";
import { ApiProblem } from "./problem.ts";

export type Resource<T> = {
  /** The newest answer, or the last one while the next is on its way. */
  value: T | undefined;
  problem: Error | null;
  /** Something is on its way. */
  isLoading: boolean;
  /** `value` belongs to an earlier path: show it dimmed. */
  isStale: boolean;
  reload: () => void;
};

/** How often to ask again while the page is looked at; a function decides by the last answer. */
type Options<T> = { everyMs?: number | ((value: T | undefined) => number | undefined) | undefined };
type State<T> = { path: string | null; value: T | undefined; problem: Error | null; isLoading: boolean };

/** A GET as state: shown at once from memory, fetched again, aborted when no longer asked. Null path: nothing. */
export function useResource<T>(path: string | null, { everyMs }: Options<T> = {}): Resource<T> {
  const [state, setState] = useState<State<T>>(() => ({
    path,
    value: path === null ? undefined : cached<T>(path),
    problem: null,
    isLoading: path !== null,
  }));
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((count) => count + 1), []);
  const pathRef = useRef(path);

  useEffect(() => {
    if (path === null) return undefined;
    const abort = new AbortController();
    const remembered = cached<T>(path);
    setState((before) => ({
      path: remembered === undefined ? before.path : path,
      value: remembered ?? before.value,
      problem: null,
      isLoading: true,
    }));
    load<T>(path, abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) setState({ path, value, problem: null, isLoading: false });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setState((before) => ({ ...before, problem: asProblem(error), isLoading: false }));
      },
    );
    return () => abort.abort();
  }, [path, turn]);

  useEffect(() => {
    pathRef.current = path;
  }, [path]);
  useEffect(() => onInvalidate((prefix) => void (pathRef.current?.startsWith(prefix) && reload())), [reload]);
  const pollMs = typeof everyMs === "function" ? everyMs(state.value) : everyMs;
  // Counted from the answer on: what takes longer than that would otherwise be taken back each time.
  usePolling(reload, path === null || state.isLoading ? undefined : pollMs);

  return {
    value: state.value,
    problem: state.problem,
    isLoading: state.isLoading,
    isStale: state.value !== undefined && state.path !== path,
    reload,
  };
}

/** Calls now and then while the page is looked at. */
function usePolling(tick: () => void, everyMs: number | undefined): void {
  useEffect(() => {
    if (everyMs === undefined) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) tick();
    }, everyMs);
    return () => clearInterval(timer);
  }, [tick, everyMs]);
}

function asProblem(error: unknown): Error {
  if (error instanceof ApiProblem) return error;
  // Not an answer but a mistake of ours: it must reach the console as well as the screen.
  queueMicrotask(() => reportError(error));
  return error instanceof Error ? error : new Error("Something unexpected happened.");
}
