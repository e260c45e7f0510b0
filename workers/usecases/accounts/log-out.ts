import { deleteSession, deleteSessionsOfUser } from "#db/queries/accounts/delete-sessions.ts";
import { controlDatabase, type AccountDeps } from "#usecases/deps.ts";
import type { UserPrincipal } from "./principal.ts";
import { forgetSessions } from "./session-times.ts";

/** Ends the sign-in of this token; one that is ended already stays so. */
export async function logOut(deps: AccountDeps, token: string): Promise<void> {
  const tokenHash = deps.tokens.hash(token);
  await deleteSession(controlDatabase(deps), tokenHash);
  await forgetSessions(deps.cache, [tokenHash]);
}

/** Ends every sign-in of the person, this one included. */
export async function logOutEverywhere(deps: AccountDeps, user: UserPrincipal): Promise<void> {
  const ended = await deleteSessionsOfUser(controlDatabase(deps), { userId: user.userId, keptHash: null });
  await forgetSessions(deps.cache, [...ended, user.sessionHash]);
}
