import type { Me, UpdateMeRequest } from "#contract/accounts.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { deleteSessionsOfUser, selectSessionHashes } from "#db/queries/accounts/delete-sessions.ts";
import { selectUserById } from "#db/queries/accounts/select-user.ts";
import { updateUser } from "#db/queries/accounts/update-user.ts";
import { controlDatabase, type AccountDeps } from "#usecases/deps.ts";
import { checkAccess, type AccessRefusal } from "./access.ts";
import { brakeAttempts, type TooManyAttempts } from "./brake.ts";
import type { UserPrincipal } from "./principal.ts";
import { forgetSessions } from "./session-times.ts";
import { showMe } from "./show-me.ts";

export type UpdateMeInput = { user: UserPrincipal; request: UpdateMeRequest; ip: string };
type UpdateMeRefusal = TooManyAttempts | AccessRefusal | { kind: "wrong_password" };

/** Changes the person's name, password or, for those who may, the account's name. A new password ends the other sign-ins. */
export async function updateMe(
  deps: AccountDeps,
  { user, request, ip }: UpdateMeInput,
): Promise<Result<Me, UpdateMeRefusal>> {
  const { name, accountName, password } = request;
  if (accountName !== undefined) {
    const verdict = checkAccess(user, "account:write");
    if (!verdict.ok) return verdict;
  }
  const passwordHash =
    password === undefined ? ok(null) : await newPasswordHash(deps, { user, password, ip });
  if (!passwordHash.ok) return passwordHash;
  const changed = Object.entries(request).flatMap(([field, value]) => (value === undefined ? [] : [field]));
  if (changed.length === 0) return ok(showMe(user));

  const db = controlDatabase(deps);
  await updateUser(db, {
    userId: user.userId,
    accountId: user.accountId,
    name: name ?? null,
    accountName: accountName ?? null,
    passwordHash: passwordHash.value,
    audit: {
      accountId: user.accountId,
      userId: user.userId,
      apiKeyId: null,
      at: deps.clock.now(),
      action: "user.update",
      subject: user.userPublicId,
      detail: { changed },
    },
  });
  await endOtherSessions(deps, user, password !== undefined);
  return ok(showMe({ ...user, name: name ?? user.name, accountName: accountName ?? user.accountName }));
}

type PasswordChange = { user: UserPrincipal; password: { current: string; next: string }; ip: string };

async function newPasswordHash(
  deps: AccountDeps,
  { user, password, ip }: PasswordChange,
): Promise<Result<string, TooManyAttempts | { kind: "wrong_password" }>> {
  const brake = await brakeAttempts(deps, { ip, email: user.email });
  if (!brake.ok) return brake;
  const stored = await selectUserById(controlDatabase(deps), user.userId);
  const verdict = await deps.passwords.verify(password.current, stored?.passwordHash ?? null);
  if (!verdict.isRight) return fail({ kind: "wrong_password" });
  return ok(await deps.passwords.hash(password.next));
}

/** What is remembered of the person's sign-ins is out of date; after a new password the others end. */
async function endOtherSessions(deps: AccountDeps, user: UserPrincipal, isEnding: boolean): Promise<void> {
  const db = controlDatabase(deps);
  const outdated = isEnding
    ? await deleteSessionsOfUser(db, { userId: user.userId, keptHash: user.sessionHash })
    : await selectSessionHashes(db, user.userId);
  await forgetSessions(deps.cache, [...outdated, user.sessionHash]);
}
