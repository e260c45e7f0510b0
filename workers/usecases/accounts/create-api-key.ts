import type { CreateApiKeyRequest, CreatedApiKey } from "#contract/accounts.ts";
import { insertApiKey } from "#db/queries/accounts/api-key-rows.ts";
import { controlDatabase, type AccountDeps } from "#usecases/deps.ts";
import type { Principal } from "./principal.ts";

/** Makes a key for programs. Its secret is in this answer and nowhere else: only a hash is kept. */
export async function createApiKey(
  deps: AccountDeps,
  { principal, request }: { principal: Principal; request: CreateApiKeyRequest },
): Promise<CreatedApiKey> {
  const createdAt = deps.clock.now();
  const publicId = deps.ids.publicId("key", createdAt);
  const secret = deps.tokens.make();
  const scopes = [...new Set(request.scopes)];
  await insertApiKey(
    controlDatabase(deps),
    {
      publicId,
      accountId: principal.accountId,
      name: request.name,
      secretHash: deps.tokens.hash(secret),
      scopes,
      createdAt,
    },
    {
      accountId: principal.accountId,
      userId: principal.kind === "user" ? principal.userId : null,
      apiKeyId: null,
      at: createdAt,
      action: "api_key.create",
      subject: publicId,
      detail: { name: request.name, scopes },
    },
  );
  return {
    id: publicId,
    name: request.name,
    scopes,
    createdAt: createdAt.toISOString(),
    lastUsedAt: null,
    key: `wmk_${publicId.slice("key_".length)}_${secret}`,
  };
}
