import { fail, ok, type Result } from "#core/result.ts";
import { archiveLink as markArchived, findLink } from "#db/queries/links/links.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { afterCommit } from "#usecases/campaigns/after-commit.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import type { Deps } from "#usecases/deps.ts";

export type LinkNotFound = { kind: "link_not_found" };

/**
 * Ends a link: it redirects no more. Its slug stays taken, because it is printed somewhere, and the clicks it had stay
 * with its campaign. A second time changes nothing.
 */
export async function archiveLink(
  deps: Pick<Deps, "databases" | "clock" | "edgeConfig" | "log">,
  { principal, linkId }: { principal: Principal; linkId: string },
): Promise<Result<null, LinkNotFound>> {
  const db = deps.databases.named(principal.database);
  const link = await findLink(db, { accountId: principal.accountId, publicId: linkId });
  if (link === null) return fail({ kind: "link_not_found" });

  const wasActive = link.archivedAt === null;
  await markArchived(db, { siteId: link.siteId, id: link.id, at: deps.clock.now() });
  await afterCommit(deps, "remove_link", () => deps.edgeConfig.remove("link", link.slug));
  if (wasActive) await noteChange(deps, principal, { action: "link.archive", subject: link.publicId });
  return ok(null);
}
