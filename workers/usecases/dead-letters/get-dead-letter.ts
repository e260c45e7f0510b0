import type { DeadLetterDetail } from "#contract/admin.ts";
import { maskMessage } from "#core/ingest/mask-message.ts";
import { selectDeadLetter } from "#db/queries/ledger/dead-letters.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { deadLetterId, type DeadLetterKey } from "./dead-letter-id.ts";
import { noteAdminAct } from "./note-admin-act.ts";
import { showDeadLetter } from "./show-dead-letter.ts";

export type GetDeadLetterInput = {
  user: UserPrincipal;
  key: DeadLetterKey;
  /** Whether the message is shown as it is; else everything personal in it is masked. */
  isDisclosed: boolean;
};

/** One letter with its message; null when there is none. Who looked at it, and how, is noted first. */
export async function getDeadLetter(
  deps: Pick<Deps, "databases" | "clock">,
  { user, key, isDisclosed }: GetDeadLetterInput,
): Promise<DeadLetterDetail | null> {
  const row = await selectDeadLetter(deps.databases.named(key.database), key.id);
  if (row === null) return null;
  await noteAdminAct(deps, {
    user,
    action: isDisclosed ? "admin.dead_letters.disclose" : "admin.dead_letters.read",
    subject: deadLetterId(key),
    detail: { site: row.sitePublicId },
  });
  return {
    ...showDeadLetter(key.database, row),
    isMasked: !isDisclosed,
    message: isDisclosed ? row.message : maskMessage(row.message),
  };
}
