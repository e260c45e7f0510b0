import { fail, ok, type Result } from "#core/result.ts";
import type { AccountDeps } from "#usecases/deps.ts";

export type TooManyAttempts = { kind: "too_many_attempts"; retryAfterSeconds: number };

/** The brake's windows are a minute long: after that an attempt is counted anew. */
const RETRY_AFTER_SECONDS = 60;

/** Asked before anything that costs a password hash or a mail. */
export async function brakeAttempts(
  deps: Pick<AccountDeps, "signInRate">,
  attempt: { ip: string; email?: string },
): Promise<Result<null, TooManyAttempts>> {
  const isWithin = await deps.signInRate.isWithin(attempt);
  return isWithin ? ok(null) : fail({ kind: "too_many_attempts", retryAfterSeconds: RETRY_AFTER_SECONDS });
}
