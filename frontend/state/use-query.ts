import { useCallback } from "preact/hooks";
import { useLocation } from "preact-iso";

export type QueryChange = Readonly<Record<string, string | null>>;

/** A URL with some parameters set and, where the value is null, removed. Order stays as it was. */
export function withQuery(url: string, change: QueryChange): string {
  const [path = "/", search = ""] = url.split("?");
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === "") params.delete(name);
    else params.set(name, value);
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

/** The URL as it stands now, which may be ahead of what is drawn. */
export function addressNow(): string {
  return location.pathname + location.search;
}

/** The URL's parameters and a setter: the URL is the state, so that every view can be sent to a colleague. */
export function useQuery(): [Record<string, string>, (change: QueryChange, replace?: boolean) => void] {
  const { query, route } = useLocation();
  const set = useCallback(
    (change: QueryChange, replace = false) => {
      // Not as it was last drawn: two changes before the next frame keep each other.
      const url = addressNow();
      const next = withQuery(url, change);
      if (next !== url) route(next, replace);
    },
    [route],
  );
  return [query, set];
}

/**
 * Sends on from the page that was drawn, in the same entry of the history. What wants that is an effect, which may run after
 * somebody has gone on by themselves: they are not taken back.
 */
export function useRedirect(): (url: string) => void {
  const { path, route } = useLocation();
  return useCallback(
    (url) => {
      // As the router writes a path.
      const here = location.pathname.replace(/\/+$/, "") || "/";
      if (here === path) route(url, true);
    },
    [path, route],
  );
}
