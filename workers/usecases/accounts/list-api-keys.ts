import type { ApiKey, Scope } from "#contract/accounts.ts";
import { selectApiKeys } from "#db/queries/accounts/api-key-rows.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, pageOf, type Page } from "#usecases/page.ts";
import type { Principal } from "./principal.ts";

export type ListApiKeysInput = { principal: Principal; beforeId: number | null; limit: number | undefined };

/** A page of the account's keys, newest first, revoked ones left out; never a secret. */
export async function listApiKeys(
  deps: Pick<Deps, "databases">,
  { principal, beforeId, limit = DEFAULT_PAGE_SIZE }: ListApiKeysInput,
): Promise<Page<ApiKey>> {
  const { accountId } = principal;
  const rows = await selectApiKeys(controlDatabase(deps), { accountId, beforeId, limit: limit + 1 });
  const page = pageOf(rows, limit, ({ id }) => [id]);
  return {
    items: page.items.map(({ publicId, name, scopes, createdAt, lastUsedAt }) => ({
      id: publicId,
      name,
      scopes: scopes as Scope[],
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    next: page.next,
  };
}
