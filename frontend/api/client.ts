import { offlineProblem, readProblem } from "./problem.ts";
import { forgetUnanswered, keyFor, noteAnswer } from "./unanswered.ts";

const BASE = "/api/v1";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Params = Readonly<Record<string, string | number | null | undefined>>;

let onSignedOut: () => void = () => undefined;

/** What happens when any answer is 401: the app leads to sign-in and back. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler;
}

type Call = {
  method: Method;
  path: string;
  body?: unknown;
  /** What tells a wish for one more of the same from a repeat of one that got no answer. */
  round?: number;
  signal?: AbortSignal | undefined;
};

/** One call. Throws `ApiProblem` for whatever is not a 2xx, and the abort reason when aborted. */
export async function call<T>(asked: Call): Promise<T> {
  const { path } = asked;
  const response = await send(asked);
  if (response.ok) {
    const value = (response.status === 204 ? undefined : await readBody(response)) as T;
    noteAnswer(asked, null);
    return value;
  }
  const problem = await readProblem(response);
  noteAnswer(asked, problem);
  // A refused password is the form's to tell; any other 401 is a session that has ended.
  if (problem.status === 401 && !path.startsWith("/auth/")) onSignedOut();
  throw problem;
}

/** Sends the bytes of a file under their own type. */
export async function upload<T>(path: string, file: Blob): Promise<T> {
  return await call<T>({ method: "POST", path, body: file });
}

async function send(asked: Call): Promise<Response> {
  const { method, path, body, signal } = asked;
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = body instanceof Blob ? body.type : "application/json";
  if (method === "POST") headers["idempotency-key"] = keyFor(asked);
  try {
    return await fetch(`${BASE}${path}`, {
      method,
      headers,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw offlineProblem();
  }
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === "" ? undefined : JSON.parse(text);
}

/** `/sites/a/links` + { after: null, limit: 20 } → `/sites/a/links?limit=20`. */
export function withParams(path: string, params: Params): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** Where the browser itself fetches a file, as a link. */
export function fileHref(path: string): string {
  return `${BASE}${path}`;
}

type Cached = { value: unknown; at: number };

const MAX_CACHED = 60;
const cache = new Map<string, Cached>();
const listeners = new Set<(prefix: string) => void>();

/** The last answer of a path, to show while a new one is fetched. */
export function cached<T>(path: string): T | undefined {
  return cache.get(path)?.value as T | undefined;
}

/** Fetches and remembers. */
export async function load<T>(path: string, signal?: AbortSignal): Promise<T> {
  const value = await call<T>({ method: "GET", path, signal });
  remember(path, value);
  return value;
}

/** Puts an answer in place before, or instead of, fetching it: optimistic changes. */
export function remember(path: string, value: unknown): void {
  cache.delete(path);
  cache.set(path, { value, at: Date.now() });
  const oldest = cache.keys().next().value;
  if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest);
}

/** Forgets every answer under a prefix, and has what is on the screen fetched again. */
export function invalidate(...prefixes: string[]): void {
  for (const prefix of prefixes) {
    for (const path of cache.keys()) {
      if (path.startsWith(prefix)) cache.delete(path);
    }
    for (const listener of listeners) listener(prefix);
  }
}

/** Told of each invalidation. */
export function onInvalidate(listener: (prefix: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** On sign-out nothing of the last user may stay in memory. */
export function forgetAll(): void {
  cache.clear();
  forgetUnanswered();
}
