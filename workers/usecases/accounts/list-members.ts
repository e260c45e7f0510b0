import type { Member } from "#contract/accounts.ts";
import { selectMembers } from "#db/queries/accounts/select-members.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, pageOf, type Page } from "#usecases/page.ts";
import type { Principal } from "./principal.ts";

export type ListMembersInput = { principal: Principal; afterId: number | null; limit: number | undefined };

/** A page of the account's people. */
export async function listMembers(
  deps: Pick<Deps, "databases">,
  { principal, afterId, limit = DEFAULT_PAGE_SIZE }: ListMembersInput,
): Promise<Page<Member>> {
  const { accountId } = principal;
  const rows = await selectMembers(controlDatabase(deps), { accountId, afterId, limit: limit + 1 });
  const page = pageOf(rows, limit, ({ userId }) => [userId]);
  return {
    items: page.items.map(({ publicId, email, name, role, createdAt }) => ({
      id: publicId,
      email,
      name,
      role,
      createdAt: createdAt.toISOString(),
    })),
    next: page.next,
  };
}
