import type { DeadLetter, DeadLettersQuery } from "#contract/admin.ts";
import { listDeadLetters as queryDeadLetters } from "#db/queries/ledger/dead-letters.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, pageOf, type Page } from "#usecases/page.ts";
import type { DeadLetterKey } from "./dead-letter-id.ts";
import { noteAdminAct } from "./note-admin-act.ts";
import { showDeadLetter } from "./show-dead-letter.ts";

export type ListDeadLettersInput = {
  user: UserPrincipal;
  query: Omit<DeadLettersQuery, "after">;
  /** The last letter of the page before. */
  after: DeadLetterKey | null;
};

/** A page of the letters of every database, one database after the other, newest first in each. */
export async function listDeadLetters(
  deps: Pick<Deps, "databases" | "clock">,
  { user, query, after }: ListDeadLettersInput,
): Promise<Page<DeadLetter>> {
  const { limit = DEFAULT_PAGE_SIZE, site = null, reason = null, state = null } = query;
  const subject = "dead-letters";
  await noteAdminAct(deps, {
    user,
    action: "admin.dead_letters.list",
    subject,
    detail: { site, reason, state },
  });

  const found: (DeadLetterKey & { shown: DeadLetter })[] = [];
  for (const database of databasesFrom(deps.databases.names(), after)) {
    const beforeId = after?.database === database ? after.id : null;
    const wanted = { sitePublicId: site, reason, state, beforeId, limit: limit + 1 - found.length };
    // One after the other: mostly the first database fills the page.
    // oxlint-disable-next-line no-await-in-loop
    const rows = await queryDeadLetters(deps.databases.named(database), wanted);
    found.push(...rows.map((row) => ({ database, id: row.id, shown: showDeadLetter(database, row) })));
    if (found.length > limit) break;
  }
  const page = pageOf(found, limit, ({ database, id }) => [database, id]);
  return { items: page.items.map(({ shown }) => shown), next: page.next };
}

function databasesFrom(names: readonly string[], after: DeadLetterKey | null): readonly string[] {
  return after === null ? names : names.slice(Math.max(0, names.indexOf(after.database)));
}
