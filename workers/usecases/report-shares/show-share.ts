import type { Share } from "#contract/report-shares.ts";
import type { ShareRecord } from "#db/queries/report-shares/share-record.ts";

/** A link as the API shows it: without what opens it. */
export function showShare(record: ShareRecord): Share {
  return {
    id: record.publicId,
    hasPassword: record.passwordHash !== null,
    expiresAt: record.expiresAt.toISOString(),
    revokedAt: record.revokedAt?.toISOString() ?? null,
    views: record.views,
    lastViewedAt: record.lastViewedAt?.toISOString() ?? null,
    createdAt: record.createdAt.toISOString(),
  };
}
