import { and, eq, gt, isNull } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { reportShares } from "#db/schema/site/report-shares.ts";
import { reports } from "#db/schema/site/reports.ts";

export type FoundShare = {
  id: number;
  passwordHash: string | null;
  accountId: number;
  /** Public id. */
  reportId: string;
};

/** The link of a token that works: not ended, and its report is there with its files. Null otherwise, whatever the reason. */
export async function findShare(
  db: Database,
  { tokenHash, at }: { tokenHash: string; at: Date },
): Promise<FoundShare | null> {
  const rows = await db
    .select({
      id: reportShares.id,
      passwordHash: reportShares.passwordHash,
      accountId: reportShares.accountId,
      reportId: reports.publicId,
    })
    .from(reportShares)
    .innerJoin(reports, eq(reports.id, reportShares.reportId))
    .where(
      and(
        eq(reportShares.tokenHash, tokenHash),
        isNull(reportShares.revokedAt),
        gt(reportShares.expiresAt, at),
        eq(reports.status, "ready"),
        isNull(reports.deletedAt),
        isNull(reports.expiredAt),
      ),
    );
  return rows[0] ?? null;
}
