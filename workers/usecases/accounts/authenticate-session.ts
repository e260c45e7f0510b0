import { selectSession } from "#db/queries/accounts/select-session.ts";
import { touchSession } from "#db/queries/accounts/touch-session.ts";
import { controlDatabase, type AccountDeps } from "#usecases/deps.ts";
import type { UserPrincipal } from "./principal.ts";
import {
  IDENTITY_CACHE_SECONDS,
  SESSION_IDLE_MS,
  SESSION_SEEN_EVERY_MS,
  sessionCacheKey,
} from "./session-times.ts";

type Cached = { v: 2; principal: UserPrincipal };

/** The person whose sign-in this token is; null when it is unknown, expired, idle too long or ended. */
export async function authenticateSession(deps: AccountDeps, token: string): Promise<UserPrincipal | null> {
  const tokenHash = deps.tokens.hash(token);
  const cacheKey = sessionCacheKey(tokenHash);
  const cached = await deps.cache.get(cacheKey);
  if (isCached(cached)) return cached.principal;

  const now = deps.clock.now();
  const db = controlDatabase(deps);
  const row = await selectSession(db, {
    tokenHash,
    now,
    idleSince: new Date(now.getTime() - SESSION_IDLE_MS),
  });
  if (row === null) return null;

  const { emailConfirmedAt, userCreatedAt, lastSeenAt, ...rest } = row;
  const principal: UserPrincipal = {
    ...rest,
    kind: "user",
    isEmailConfirmed: emailConfirmedAt !== null,
    userCreatedAt: userCreatedAt.toISOString(),
    sessionHash: tokenHash,
  };
  if (now.getTime() - lastSeenAt.getTime() > SESSION_SEEN_EVERY_MS) {
    deps.defer(touchSession(db, { tokenHash, now }));
  }
  await deps.cache.set(cacheKey, { v: 2, principal } satisfies Cached, IDENTITY_CACHE_SECONDS);
  return principal;
}

function isCached(value: unknown): value is Cached {
  return typeof value === "object" && value !== null && "v" in value && value.v === 2 && "principal" in value;
}
