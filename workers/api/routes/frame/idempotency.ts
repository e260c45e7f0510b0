import type { Context, MiddlewareHandler, Next } from "hono";
import { createMiddleware } from "hono/factory";

import { claimIdempotencyKey, type IdempotencyVerdict } from "#usecases/accounts/claim-idempotency-key.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { settleIdempotencyKey } from "#usecases/accounts/settle-idempotency-key.ts";
import { depsOf, type WithPrincipal, type WithUser } from "./api-env.ts";
import { problem } from "./problem.ts";
import { readBodyBytes } from "./read-body.ts";

const KEY = /^[\x21-\x7e]{1,200}$/;
const RETRY_SECONDS = 2;

export type IdempotencyOptions = {
  /** The answer must not be kept: its repeat is 409 `already_created`. */
  isSecret?: boolean;
  /** The body is bytes, not JSON. */
  isBinary?: boolean;
  /** The one that whoever reads the body behind this is given. */
  maxBytes?: number;
};

/**
 * For each POST that makes something or mails it again, behind `requireAccess` and before `validJson`: with an
 * `Idempotency-Key` header the same request gets the same answer for a day (with `Idempotent-Replayed: true`), another
 * request with that key 422.
 */
export function idempotent(options: IdempotencyOptions = {}): MiddlewareHandler<WithPrincipal> {
  return createMiddleware<WithPrincipal>(
    async (c, next) => await once(c, next, { ...options, by: c.var.principal }),
  );
}

/** The same behind `requireSuperadmin`: the keys are those of the superadmin's own account. */
export function idempotentForOperators(options: IdempotencyOptions = {}): MiddlewareHandler<WithUser> {
  return createMiddleware<WithUser>(async (c, next) => await once(c, next, { ...options, by: c.var.user }));
}

async function once(
  c: Context,
  next: Next,
  { isSecret = false, isBinary = false, maxBytes = 256 * 1024, by }: IdempotencyOptions & { by: Principal },
): Promise<Response | void> {
  const key = c.req.header("idempotency-key");
  if (key === undefined) return await next();
  if (!KEY.test(key)) {
    return problem(c, "invalid_request", {
      detail: "Idempotency-Key must be 1 to 200 visible ASCII characters",
    });
  }
  const body = await readBodyBytes(c, maxBytes);
  if (body instanceof Response) return body;

  const deps = depsOf(c);
  const scope = { accountId: by.accountId, key };
  // A letter for each byte: decoded as UTF-8, most of a picture would be the same.
  const text = new TextDecoder(isBinary ? "latin1" : "utf-8").decode(body);
  const request = `${c.req.method} ${c.req.path}\n${text}`;
  const claim = await claimIdempotencyKey(deps, { ...scope, request });
  if (claim.kind !== "claimed") return answerRepeat(c, claim, isSecret);

  await next();
  await settleIdempotencyKey(deps, { ...scope, answer: await answerOf(c.res, isSecret) });
  return;
}

type Repeat = Exclude<IdempotencyVerdict, { kind: "claimed" }>;

function answerRepeat(c: Context, repeat: Repeat, isSecret: boolean): Response {
  switch (repeat.kind) {
    case "reused":
      return problem(c, "idempotency_key_reused");
    case "in_progress":
      return problem(c, "idempotency_in_progress", { retryAfterSeconds: RETRY_SECONDS });
    case "done":
      return isSecret && repeat.status < 300 ? problem(c, "already_created") : replay(repeat);
  }
}

function replay({ status, body }: { status: number; body: unknown }): Response {
  const headers = { "idempotent-replayed": "true" };
  if (body === null) return new Response(null, { status, headers });
  const type = status < 400 ? "application/json" : "application/problem+json";
  return new Response(JSON.stringify(body), { status, headers: { ...headers, "content-type": type } });
}

/** Null when the request may be tried again with the same key: it failed on our side or was only in the wrong hands. */
async function answerOf(
  answer: Response,
  isSecret: boolean,
): Promise<{ status: number; body: unknown } | null> {
  if (answer.status >= 500 || answer.status === 429) return null;
  const text = isSecret && answer.status < 300 ? "" : await answer.clone().text();
  const body: unknown = text === "" ? null : JSON.parse(text);
  return { status: answer.status, body };
}
