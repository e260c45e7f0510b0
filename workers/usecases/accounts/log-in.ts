import type { LoginRequest } from "#contract/accounts.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { selectUserByEmail } from "#db/queries/accounts/select-user.ts";
import { updatePasswordHash } from "#db/queries/accounts/update-user.ts";
import { controlDatabase, type AccountDeps } from "#usecases/deps.ts";
import { brakeAttempts, type TooManyAttempts } from "./brake.ts";
import { signedIn, type SignedIn } from "./signed-in.ts";
import { startSession } from "./start-session.ts";

export type LogInInput = { request: LoginRequest; ip: string; formerToken: string | null };

/** Signs a person in. Whether the address or the password was wrong cannot be told, nor by the time it takes. */
export async function logIn(
  deps: AccountDeps,
  { request, ip, formerToken }: LogInInput,
): Promise<Result<SignedIn, TooManyAttempts | { kind: "wrong_credentials" }>> {
  const { email, password } = request;
  const brake = await brakeAttempts(deps, { ip, email });
  if (!brake.ok) return brake;

  const db = controlDatabase(deps);
  const user = await selectUserByEmail(db, email);
  const verdict = await deps.passwords.verify(password, user?.passwordHash ?? null);
  if (user === null || !verdict.isRight) return fail({ kind: "wrong_credentials" });

  if (verdict.needsRehash) {
    const passwordHash = await deps.passwords.hash(password);
    await updatePasswordHash(db, { userId: user.userId, passwordHash });
  }
  const token = await startSession(deps, { userId: user.userId, formerToken });
  return ok(await signedIn(deps, token));
}
