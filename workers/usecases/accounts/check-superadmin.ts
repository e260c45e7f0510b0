import { selectIsSuperadmin } from "#db/queries/accounts/superadmins.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import type { Principal, UserPrincipal } from "./principal.ts";

/** The asker as one who runs the installation, asked of the database and of no cache; null for everybody else. */
export async function checkSuperadmin(
  deps: Pick<Deps, "databases">,
  principal: Principal | null,
): Promise<UserPrincipal | null> {
  if (principal?.kind !== "user") return null;
  const isSuperadmin = await selectIsSuperadmin(controlDatabase(deps), principal.userId);
  return isSuperadmin ? principal : null;
}
