import type { Database } from "#db/database.ts";
import { auditLog } from "#db/schema/control/audit-log.ts";

export type AuditEntry = {
  accountId: number;
  /** The person, or the API key, that did it. */
  userId: number | null;
  apiKeyId: number | null;
  at: Date;
  /** `site.create`, `campaign.update`, … */
  action: string;
  /** Public id of what was changed. */
  subject: string;
  /** Never a secret, never a visitor's data. */
  detail: Record<string, unknown> | null;
};

/** The insert of an entry, to be part of the batch that makes the change. */
export function auditInsert(db: Database, entry: AuditEntry) {
  return db.insert(auditLog).values(entry);
}

/** Writes one entry of the account's audit log. */
export async function recordAudit(db: Database, entry: AuditEntry): Promise<void> {
  await auditInsert(db, entry);
}
