import type { Cache } from "#platform/upstash-cache.ts";

const DAY_MS = 86_400_000;

export const SESSION_LIFETIME_MS = 30 * DAY_MS;
export const SESSION_IDLE_MS = 7 * DAY_MS;
/** `lastSeenAt` is written at most this often: a page view must not cost a write. */
export const SESSION_SEEN_EVERY_MS = 600_000;
/** A revoked sign-in or key may live on this long where the cache could not be told (decisions 29). */
export const IDENTITY_CACHE_SECONDS = 60;

export function sessionCacheKey(tokenHash: string): string {
  return `session:${tokenHash}`;
}

export function apiKeyCacheKey(publicId: string): string {
  return `api-key:${publicId}`;
}

/** Ends sign-ins in the cache at once; in Postgres they are gone already. */
export async function forgetSessions(cache: Cache, tokenHashes: readonly string[]): Promise<void> {
  await cache.remove(tokenHashes.map((hash) => sessionCacheKey(hash)));
}
