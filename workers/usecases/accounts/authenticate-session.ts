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

/** `until` and the key are repeated inside: a cache that answers something old, or of somebody else, has nothing. */
type Cached = { v: 3; key: string; untilMs: number; principal: UserPrincipal };

/** The person whose sign-in this token is; null when it is unknown, expired, idle too long or ended. */
export async function authenticateSession(deps: AccountDeps, token: string): Promise<UserPrincipal | null> {
  const tokenHash = deps.tokens.hash(token);
  const cacheKey = sessionCacheKey(tokenHash);
  const now = deps.clock.now();
  const cached = await deps.cache.get(cacheKey);
  if (isCached(cached, cacheKey, now)) return cached.principal;
  if (deps.absentKeys.has(cacheKey, now.getTime())) return null;

  const db = controlDatabase(deps);
  const row = await selectSession(db, {
    tokenHash,
    now,
    idleSince: new Date(now.getTime() - SESSION_IDLE_MS),
  });
  if (row === null) {
    deps.absentKeys.note(cacheKey, now.getTime());
    return null;
  }

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
  const untilMs = now.getTime() + IDENTITY_CACHE_SECONDS * 1_000;
  const kept: Cached = { v: 3, key: cacheKey, untilMs, principal };
  await deps.cache.set(cacheKey, kept, IDENTITY_CACHE_SECONDS);
  return principal;
}

function isCached(value: unknown, key: string, now: Date): value is Cached {
  if (typeof value !== "object" || value === null || !("principal" in value)) return false;
  const { v, key: repeated, untilMs } = value as Partial<Cached>;
  return v === 3 && repeated === key && Number(untilMs) > now.getTime();
}
