import { fail, ok, type Result } from "#core/result.ts";
import { selectSessionHashes } from "#db/queries/accounts/delete-sessions.ts";
import { confirmEmail as confirm } from "#db/queries/accounts/mail-token-rows.ts";
import { controlDatabase, type AccountDeps } from "#usecases/deps.ts";
import { forgetSessions } from "./session-times.ts";

/** Confirms the address whose link carried this token; it works once. Whoever opens it is not signed in by it. */
export async function confirmEmail(
  deps: AccountDeps,
  token: string,
): Promise<Result<null, { kind: "invalid_token" }>> {
  const db = controlDatabase(deps);
  const confirmed = await confirm(db, { tokenHash: deps.tokens.hash(token), now: deps.clock.now() });
  if (confirmed === null) return fail({ kind: "invalid_token" });

  await forgetSessions(deps.cache, await selectSessionHashes(db, confirmed.userId));
  return ok(null);
}
