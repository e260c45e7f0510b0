import type { Me } from "#contract/accounts.ts";
import type { AccountDeps } from "#usecases/deps.ts";
import { authenticateSession } from "./authenticate-session.ts";
import { showMe } from "./show-me.ts";

/** A sign-in that just began: the token for the cookie, and who it is. */
export type SignedIn = { token: string; me: Me };

/** Throws when the sign-in that was just written is not there: a user without a membership cannot be. */
export async function signedIn(deps: AccountDeps, token: string): Promise<SignedIn> {
  const principal = await authenticateSession(deps, token);
  if (principal === null) throw new Error("A sign-in that just began cannot be found");
  return { token, me: showMe(principal) };
}
