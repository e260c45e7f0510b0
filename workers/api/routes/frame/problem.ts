import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

import type { Problem } from "#contract/problem.ts";
import { PROBLEMS, type ProblemCode } from "./problems.ts";

export type FieldError = { path: string; code: string; message: string };

export type ProblemFacts = {
  /** What could not be done, then the facts, in words for whoever sent the request. Absent: the title. */
  detail?: string;
  errors?: readonly FieldError[];
  retryAfterSeconds?: number;
};

/**
 * The one way to refuse: `return problem(c, "slug_taken", { detail: "Slug spring is taken" })`. Status and title come
 * from the table in `problems.ts`; the answer carries the request id.
 */
export function problem(c: Context, code: ProblemCode, facts: ProblemFacts = {}): Response {
  const { status, title } = PROBLEMS[code];
  const body: Problem = {
    type: `urn:waymark:problem:${code}`,
    title,
    status,
    code,
    detail: facts.detail ?? title,
    ...(facts.errors === undefined ? {} : { errors: [...facts.errors] }),
    requestId: String(c.get("requestId") ?? ""),
  };
  c.set("problemCode", code);
  return c.json(body, status satisfies ContentfulStatusCode, {
    "content-type": "application/problem+json",
    ...(facts.retryAfterSeconds === undefined ? {} : { "retry-after": String(facts.retryAfterSeconds) }),
  });
}

/** A 400 for one field that only a use case could judge. */
export function fieldProblem(c: Context, path: string, message: string): Response {
  return problem(c, "invalid_request", {
    detail: `${path}: ${message}`,
    errors: [{ path, code: "invalid", message }],
  });
}
