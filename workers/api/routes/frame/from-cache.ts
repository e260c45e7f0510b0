import type { Context } from "hono";

import type { Result } from "#core/result.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { cachedAnswer, type AnswerQuestion } from "#usecases/answers/cached-answer.ts";
import { depsOf } from "./api-env.ts";

/** Behind `requireAccess`: the answer to a screen's question, kept or worked out; `x-waymark-cache` says which. */
export async function fromCache<T extends object, F>(
  c: Context,
  question: Omit<AnswerQuestion, "mayBeStale">,
  compute: () => Promise<Result<T, F>>,
): Promise<Result<T, F>> {
  const principal: Principal = c.get("principal");
  const mayBeStale = principal.kind === "user";
  const { answer, state } = await cachedAnswer(depsOf(c), { ...question, mayBeStale }, compute);
  c.header("x-waymark-cache", state);
  return answer;
}
