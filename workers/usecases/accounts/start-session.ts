import { replaceSession } from "#db/queries/accounts/replace-session.ts";
import { controlDatabase, type AccountDeps } from "#usecases/deps.ts";
import { forgetSessions, SESSION_LIFETIME_MS } from "./session-times.ts";

export type NewSession = { token: string; tokenHash: string; expiresAt: Date };

/** A token for the cookie and what is kept of it. */
export function newSession(deps: AccountDeps): NewSession {
  const token = deps.tokens.make();
  return {
    token,
    tokenHash: deps.tokens.hash(token),
    expiresAt: new Date(deps.clock.now().getTime() + SESSION_LIFETIME_MS),
  };
}

/**
 * Signs a user in. The token is a new one each time, and the one this browser had is worth nothing from now on: what
 * was planted before signing in is not signed in.
 */
export async function startSession(
  deps: AccountDeps,
  signIn: { userId: number; formerToken: string | null },
): Promise<string> {
  const { token, tokenHash, expiresAt } = newSession(deps);
  const replacedHash = signIn.formerToken === null ? null : deps.tokens.hash(signIn.formerToken);
  const now = deps.clock.now();
  await replaceSession(controlDatabase(deps), {
    tokenHash,
    userId: signIn.userId,
    now,
    expiresAt,
    replacedHash,
  });
  if (replacedHash !== null) await forgetSessions(deps.cache, [replacedHash]);
  return token;
}
