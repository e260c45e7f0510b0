import type { Scope } from "#contract/accounts.ts";
import { selectApiKey } from "#db/queries/accounts/select-api-key.ts";
import { touchApiKey } from "#db/queries/accounts/touch-api-key.ts";
import { controlDatabase, type AccountDeps } from "#usecases/deps.ts";
import type { KeyPrincipal } from "./principal.ts";
import { apiKeyCacheKey, IDENTITY_CACHE_SECONDS, SESSION_SEEN_EVERY_MS } from "./session-times.ts";

/** `wmk_<id>_<secret>`: 22 base-58 characters, 64 hex digits. */
const FORMAT = /^wmk_([1-9A-HJ-NP-Za-km-z]{22})_([0-9a-f]{64})$/;

/** The key and its end are repeated inside, as with sign-ins: a cache that answers something else has nothing. */
type Cached = { v: 2; key: string; untilMs: number; secretHash: string; principal: KeyPrincipal };

/** The program whose key this is; null when it is unknown, revoked or its secret is another. */
export async function authenticateKey(deps: AccountDeps, key: string): Promise<KeyPrincipal | null> {
  const [, id, secret] = FORMAT.exec(key) ?? [];
  if (id === undefined || secret === undefined) return null;

  const known = await knownKey(deps, `key_${id}`);
  return known !== null && deps.tokens.matches(secret, known.secretHash) ? known.principal : null;
}

async function knownKey(deps: AccountDeps, publicId: string): Promise<Cached | null> {
  const cacheKey = apiKeyCacheKey(publicId);
  const now = deps.clock.now();
  const cached = await deps.cache.get(cacheKey);
  if (isCached(cached, cacheKey, now)) return cached;
  if (deps.absentKeys.has(cacheKey, now.getTime())) return null;

  const db = controlDatabase(deps);
  const row = await selectApiKey(db, publicId);
  if (row === null) {
    deps.absentKeys.note(cacheKey, now.getTime());
    return null;
  }

  const { secretHash, lastUsedAt, scopes, ...rest } = row;
  const untilMs = now.getTime() + IDENTITY_CACHE_SECONDS * 1_000;
  const principal: KeyPrincipal = { ...rest, kind: "key", scopes: scopes as Scope[] };
  const found: Cached = { v: 2, key: cacheKey, untilMs, secretHash, principal };
  if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() > SESSION_SEEN_EVERY_MS) {
    deps.defer(touchApiKey(db, { apiKeyId: row.apiKeyId, now }));
  }
  await deps.cache.set(cacheKey, found, IDENTITY_CACHE_SECONDS);
  return found;
}

function isCached(value: unknown, key: string, now: Date): value is Cached {
  if (typeof value !== "object" || value === null || !("secretHash" in value)) return false;
  const { v, key: repeated, untilMs } = value as Partial<Cached>;
  return v === 2 && repeated === key && Number(untilMs) > now.getTime();
}
