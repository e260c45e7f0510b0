import type { Context } from "hono";

import { stackFrames } from "#core/operations/stack-frames.ts";
import { consoleLog, type Log } from "#platform/log.ts";
import type { ApiEnv } from "./api-env.ts";
import { problem } from "./problem.ts";

const RETRY_SECONDS = 2;
/** Connection failures, shutdown and out of resources: trying again later may help. */
const PASSING_SQLSTATE = /^(08|53|57P|58)/;

type FailureFacts = { error: string; sqlState: string | null; isPassing: boolean; message: string | null };

/**
 * What a bug becomes: a 500 without a stack, or a 503 when Postgres is away, and one structured line. A statement's
 * failure carries its parameters in its message, so only its SQLSTATE is written down.
 */
export function answerFailure(error: Error, c: Context): Response {
  const facts = factsOf(error);
  const log = logOf(c);
  log("error", facts.isPassing ? "dependency_down" : "bug", {
    requestId: String(c.get("requestId")),
    method: c.req.method,
    route: c.req.routePath,
    error: facts.error,
    sqlState: facts.sqlState,
    message: facts.message,
    at: facts.isPassing ? null : stackFrames(error),
  });
  return facts.isPassing
    ? problem(c, "temporarily_unavailable", { retryAfterSeconds: RETRY_SECONDS })
    : problem(c, "internal_error", { detail: "Nothing you sent caused this; tell us the request id" });
}

/** The configuration itself may be what is wrong: then there are no deps yet. */
function logOf(c: Context): Log {
  const deps: ApiEnv["Variables"]["deps"] | undefined = c.get("deps");
  return deps?.log ?? consoleLog("api");
}

function factsOf(error: Error): FailureFacts {
  const chain = causesOf(error);
  const failure = chain.find((one) => one.name === "NeonDbError");
  if (failure === undefined) {
    return { error: error.name, sqlState: null, isPassing: false, message: error.message.slice(0, 300) };
  }
  const sqlState = "code" in failure && typeof failure.code === "string" ? failure.code : null;
  return {
    error: failure.name,
    sqlState,
    isPassing: sqlState === null || PASSING_SQLSTATE.test(sqlState),
    message: null,
  };
}

function causesOf(error: Error): Error[] {
  const chain: Error[] = [];
  let one: unknown = error;
  while (one instanceof Error && chain.length < 5) {
    chain.push(one);
    one = one.cause;
  }
  return chain;
}
