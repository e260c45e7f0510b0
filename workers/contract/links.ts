import * as z from "zod/mini";

import { measures } from "./breakdown.ts";
import { day, instant, limit, optionalLine } from "./primitives.ts";

/** `GET /sites/:id/links?campaign&after&limit`, `DELETE /links/:id` → 204. */
export const link = z.object({
  id: z.string(),
  slug: z.string(),
  /** The whole short address, ready to copy. */
  url: z.string(),
  destination: z.string(),
  campaignId: z.nullable(z.string()),
  /** The campaign's name, also when it is archived. */
  campaign: z.nullable(z.string()),
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

/** `GET /sites/:id/links/figures?from&to&campaign&after&limit`: the same page of links as without `/figures`. */
export const linkFiguresQuery = z.extend(linksQuery, { from: day, to: day });

const { impressions: _, ...linkMeasures } = measures;

export const linkFiguresRow = z.object({
  linkId: z.string(),
  slug: z.string(),
  /** Null where more links were in use than are kept apart of a day, or of a week or month, and this is not one of them. */
  figures: z.nullable(z.object(linkMeasures)),
});
export type LinkFiguresRow = z.infer<typeof linkFiguresRow>;

export const linkFigures = z.object({
  siteId: z.string(),
  range: z.object({ from: day, to: day }),
  /** The site's. */
  currency: z.string(),
  /** The figures are as of then. */
  asOf: instant,
  items: z.array(linkFiguresRow),
  next: z.nullable(z.string()),
});
export type LinkFigures = z.infer<typeof linkFigures>;
