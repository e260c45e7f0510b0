import type { Context } from "hono";

import type { Problem } from "#contract/problem.ts";

import type { CollectHono } from "./collect-hono.ts";

export type ProblemFacts = {
  status: 400 | 403 | 404 | 405 | 413 | 429 | 500 | 503;
  code: string;
  title: string;
  detail: string;
  errors?: NonNullable<Problem["errors"]>;
  retryAfterSeconds?: number;
};

/** An error as RFC 9457 problem JSON, with the request's id and never a stack. */
export function answerProblem(c: Context<CollectHono>, facts: ProblemFacts): Response {
  const { status, code, title, detail, errors, retryAfterSeconds } = facts;
  const requestId = c.get("requestId");
  c.set("problemCode", code);
  const body: Problem = {
    type: "about:blank",
    title,
    status,
    code,
    detail,
    requestId,
    ...(errors && { errors }),
  };
  const headers: Record<string, string> = {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
  };
  if (retryAfterSeconds !== undefined) headers["Retry-After"] = String(retryAfterSeconds);
  return c.body(JSON.stringify(body), status, headers);
}
