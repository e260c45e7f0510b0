import { selectSiteRef } from "#db/queries/sites/select-site-ref.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import type { SiteRef } from "./site-ref.ts";

type Asker = Pick<Principal, "accountId" | "database">;

/** The asker's site with this public id; null when there is none or it is another account's. */
export async function findSite(
  deps: Pick<Deps, "databases">,
  asker: Asker,
  publicId: string,
): Promise<SiteRef | null> {
  const db = deps.databases.named(asker.database);
  const row = await selectSiteRef(db, { accountId: asker.accountId, publicId });
  return row === null ? null : { ...row, database: asker.database };
}
