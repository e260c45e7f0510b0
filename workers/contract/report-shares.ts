import * as z from "zod/mini";

import { instant } from "./primitives.ts";
import { reportFiles } from "./reports.ts";

/** `POST /reports/:id/shares` → 201: a link by which anybody who has it reads this report. */
export const createShareRequest = z.object({
  /** 1 to 366; 30 unless said. */
  expiresInDays: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(366))),
  password: z.optional(z.string().check(z.minLength(8), z.maxLength(200))),
});
export type CreateShareRequest = z.infer<typeof createShareRequest>;

/** `GET /reports/:id/shares`, `DELETE /report-shares/:id` → 204 revokes. */
export const share = z.object({
  id: z.string(),
  hasPassword: z.boolean(),
  expiresAt: instant,
  revokedAt: z.nullable(instant),
  views: z.number(),
  lastViewedAt: z.nullable(instant),
  createdAt: instant,
});
export type Share = z.infer<typeof share>;

/** The link itself is told once, when it is made. */
export const newShare = z.extend(share, { url: z.string() });
export type NewShare = z.infer<typeof newShare>;

/**
 * `GET /shared/:token`, no session: what the page `/shared/:token` of the dashboard shows. Unknown, expired and revoked
 * are one 404. Once it is open, `GET /shared/:token/model`, `/download?format=` and `/logo` answer.
 */
export const sharedReport = z.object({
  state: z.enum(["open", "password_needed"]),
  /** Null until it is open. */
  files: z.nullable(reportFiles),
});
export type SharedReport = z.infer<typeof sharedReport>;

/** `POST /shared/:token` → 200, the report as it is now open: a cookie goes along. A wrong password is 403 `wrong_share_password`. */
export const openShareRequest = z.object({ password: z.optional(z.string().check(z.maxLength(200))) });
export type OpenShareRequest = z.infer<typeof openShareRequest>;
