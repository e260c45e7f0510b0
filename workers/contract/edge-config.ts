import * as z from "zod/mini";

/**
 * What the edge knows without asking Postgres: projected into KV by the api after commit and reconciled by a cron
 * (decisions 12). Keys: `site:<site key>`, `link:<slug>`, `salt:<UTC day>`.
 */
export const edgeSite = z.object({
  siteId: z.number(),
  siteKey: z.string(),
  database: z.string(),
  /** The site's main host; absent in entries of an earlier deployment. */
  domain: z.optional(z.string()),
  /** Origins that may send for this site, `https://shop.example`; `*.` matches subdomains; empty allows all. */
  origins: z.array(z.string()),
  currency: z.string(),
  identity: z.enum(["first-party", "cookieless"]),
  /** Whether a first-party identity needs `consent: granted`. */
  consentRequired: z.boolean(),
  /** What becomes of an event without the consent that is required. */
  withoutConsent: z.enum(["cookieless", "drop"]),
  honourGpc: z.boolean(),
  honourDnt: z.boolean(),
  /** Hex key of the site's customer-key HMAC. */
  identifyKey: z.string(),
  /** The pixel stops on a page when this is set. */
  silent: z.boolean(),
});
export type EdgeSite = z.infer<typeof edgeSite>;

export const edgeLink = z.object({
  siteId: z.number(),
  siteKey: z.string(),
  slug: z.string(),
  /** The destination with its utm parameters; `wm_click` is added at the redirect. */
  destination: z.string(),
});
export type EdgeLink = z.infer<typeof edgeLink>;

/** 32 random bytes, hex, for one UTC day. */
export const edgeSalt = z.object({ day: z.string(), salt: z.string() });
export type EdgeSalt = z.infer<typeof edgeSalt>;

export const edgeKeys = {
  site: (siteKey: string): string => `site:${siteKey}`,
  link: (slug: string): string => `link:${slug}`,
  salt: (utcDay: string): string => `salt:${utcDay}`,
};
