import type { DeadLetter } from "#contract/admin.ts";
import type { DeadLetterRow } from "#db/queries/ledger/dead-letters.ts";
import { deadLetterId } from "./dead-letter-id.ts";

/** A letter as the API shows it, without its body. */
export function showDeadLetter(database: string, row: DeadLetterRow): DeadLetter {
  const { id, sitePublicId, siteName, receiptId, reason, events, at, attempts, lastTriedAt, replayedAt } =
    row;
  return {
    id: deadLetterId({ database, id }),
    database,
    site: sitePublicId === null ? null : { id: sitePublicId, name: siteName ?? sitePublicId },
    receiptId,
    reason,
    events,
    at,
    attempts,
    lastTriedAt,
    replayedAt,
  };
}
