import type { FixtureState } from "./fixture-state.ts";

export type Call = { state: FixtureState; ids: readonly string[]; query: URLSearchParams; body: unknown };
export type Answer = { status: number; body?: unknown };

export type Route = { method: string; path: RegExp; isPublic?: boolean; answer: (call: Call) => Answer };

export const ok = (body: unknown, status = 200): Answer => ({ status, body });
export const done: Answer = { status: 204 };
export const list = (items: readonly unknown[], next: string | null = null): Answer => ok({ items, next });

type Problem = { status: number; code: string; detail: string; errors?: { path: string; message: string }[] };

/** A problem as the API says it. */
export function problem({ status, code, detail, errors }: Problem): Answer {
  const fields = errors?.map((error) => ({ code: "invalid", ...error }));
  const type = `https://waymark.example/problems/${code}`;
  const facts = { type, title: detail, status, code, detail, requestId: "req_7f3c" };
  return ok({ ...facts, ...(fields ? { errors: fields } : {}) }, status);
}

export const missing = problem({ status: 404, code: "not_found", detail: "There is nothing here." });
export const now = (): string => new Date().toISOString();
