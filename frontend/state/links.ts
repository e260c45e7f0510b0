import { useCallback } from "preact/hooks";
import { useLocation } from "preact-iso";

/** What a view is looked at with; it goes along from page to page. */
const KEPT = [
  "site",
  "range",
  "from",
  "to",
  "compare",
  "model",
  "lookback",
  "direct",
  "reset",
  "position",
  "half_life",
  "order",
  "nulls",
  "conversion",
  "customer",
] as const;

/** `path` with the current view's parameters, and others set or (null) left out. */
export function keepView(
  path: string,
  query: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string | null>> = {},
): string {
  const params = new URLSearchParams();
  for (const name of KEPT) {
    const value = query[name];
    if (value && !(name in change)) params.set(name, value);
  }
  for (const [name, value] of Object.entries(change)) {
    if (value) params.set(name, value);
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

/** Makes addresses that keep site, range and model. */
export function useHref(): (path: string, change?: Readonly<Record<string, string | null>>) => string {
  const { query } = useLocation();
  return useCallback((path, change) => keepView(path, query, change), [query]);
}

/** Where sign-in may lead back to: a page of ours, never another origin. */
export function safeNext(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/";
}
