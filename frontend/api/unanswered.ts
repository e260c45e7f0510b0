import type { ApiProblem } from "./problem.ts";

type Asked = { method: string; path: string; body?: unknown; round?: number };

/** The Idempotency-Key of each request that got no answer yet: asked again, it must not make a second thing. */
const keys = new Map<string, string>();

/** That of the request's first try, or a new one. */
export function keyFor(asked: Asked): string {
  const name = nameOf(asked);
  if (name === null) return crypto.randomUUID();
  const key = keys.get(name) ?? crypto.randomUUID();
  keys.set(name, key);
  return key;
}

/** The next of the same is meant as one more. A failure on the way is no answer, and neither is "still running". */
export function noteAnswer(asked: Asked, problem: ApiProblem | null): void {
  const isOpen = problem !== null && (problem.status >= 500 || problem.code === "idempotency_in_progress");
  const name = nameOf(asked);
  if (!isOpen && name !== null) keys.delete(name);
}

export function forgetUnanswered(): void {
  keys.clear();
}

/** Null of a file, of which the server keeps one however often it comes, and of a password, which is kept nowhere. */
function nameOf({ method, path, body, round = 0 }: Asked): string | null {
  if (body instanceof Blob || (typeof body === "object" && body !== null && "password" in body)) return null;
  return JSON.stringify([method, path, round, body ?? null]);
}
