import { reportShares } from "#db/schema/site/report-shares.ts";

export type ShareRecord = {
  publicId: string;
  passwordHash: string | null;
  expiresAt: Date;
  revokedAt: Date | null;
  views: number;
  lastViewedAt: Date | null;
  createdAt: Date;
};

export const shareColumns = {
  publicId: reportShares.publicId,
  passwordHash: reportShares.passwordHash,
  expiresAt: reportShares.expiresAt,
  revokedAt: reportShares.revokedAt,
  views: reportShares.views,
  lastViewedAt: reportShares.lastViewedAt,
  createdAt: reportShares.createdAt,
};
