import * as z from "zod/mini";

import { instant, limit, optionalLine } from "./primitives.ts";

/** `GET /sites/:id/links?campaign&after&limit`, `DELETE /links/:id` → 204. */
export const link = z.object({
  id: z.string(),
  slug: z.string(),
  /** The whole short address, ready to copy. */
  url: z.string(),
  destination: z.string(),
  campaignId: z.nullable(z.string()),
  note: z.nullable(z.string()),
  createdAt: instant,
});
export type Link = z.infer<typeof link>;

/** `POST /sites/:id/links` → 201. Absent slug: one is made. utm_* given here are added to the destination. */
export const createLinkRequest = z.object({
  destination: z.string().check(z.maxLength(2_048), z.regex(/^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^/]/)),
  slug: z.optional(z.string().check(z.trim(), z.toLowerCase(), z.regex(/^[a-z0-9][a-z0-9-]{2,47}$/))),
  campaignId: z.optional(z.string()),
  utm: z.optional(
    z.partial(
      z.object({
        source: z.string().check(z.maxLength(120)),
        medium: z.string().check(z.maxLength(120)),
        campaign: z.string().check(z.maxLength(120)),
        content: z.string().check(z.maxLength(120)),
        term: z.string().check(z.maxLength(120)),
      }),
    ),
  ),
  note: optionalLine(500),
});
export type CreateLinkRequest = z.infer<typeof createLinkRequest>;

export const linksQuery = z.object({
  campaign: z.optional(z.string()),
  after: z.optional(z.string()),
  limit,
});
