import { and, eq, isNull, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reportShares } from "#db/schema/site/report-shares.ts";

export type NewShare = {
  publicId: string;
  accountId: number;
  reportId: number;
  /** SHA-256 of the token, hex. */
  tokenHash: string;
  passwordHash: string | null;
  expiresAt: Date;
  createdBy: number | null;
  createdAt: Date;
};

/** Writes a link; one with the same token stays as it is. */
export async function insertShare(db: Database, share: NewShare): Promise<void> {
  await db.insert(reportShares).values(share).onConflictDoNothing({ target: reportShares.tokenHash });
}

/** Ends a link; false when the account has none of that id. One that is ended already stays ended when it was. */
export async function revokeShare(
  db: Database,
  { accountId, publicId, at }: { accountId: number; publicId: string; at: Date },
): Promise<boolean> {
  const rows = await db
    .update(reportShares)
    .set({ revokedAt: sql`coalesce(${reportShares.revokedAt}, ${at.toISOString()}::timestamptz)` })
    .where(and(eq(reportShares.accountId, accountId), eq(reportShares.publicId, publicId)))
    .returning({ id: reportShares.id });
  return rows.length > 0;
}

/** Counts one who came to read. */
export async function countView(db: Database, { id, at }: { id: number; at: Date }): Promise<void> {
  await db
    .update(reportShares)
    .set({ views: sql`${reportShares.views} + 1`, lastViewedAt: at })
    .where(and(eq(reportShares.id, id), isNull(reportShares.revokedAt)));
}
