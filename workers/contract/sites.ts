import * as z from "zod/mini";

import { asciiHost, asciiOrigin } from "./ascii-host.ts";
import { currency, instant, line, percent } from "./primitives.ts";

/** A name of the DNS, between its dots. */
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const HOST = `${LABEL}(?:\\.${LABEL})*(?::\\d{1,5})?`;
const NO_HOST = "must be a host, such as shop.example";
const NO_ORIGIN = "must be an origin, such as https://shop.example or https://*.shop.example";

/** Kept as browsers send it: a host with letters beyond a to z becomes its A-label. */
const host = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.overwrite(asciiHost),
    z.maxLength(253),
    z.regex(new RegExp(`^${HOST}$`), { abort: true, error: NO_HOST }),
    z.refine(hasPossiblePort, NO_HOST),
  );
const origin = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.overwrite(asciiOrigin),
    z.maxLength(262),
    z.regex(new RegExp(`^https?://(?:\\*\\.)?${HOST}$`), { abort: true, error: NO_ORIGIN }),
    z.refine(hasPossiblePort, NO_ORIGIN),
  );

export const identityMode = z.enum(["first-party", "cookieless"]);

const settings = {
  name: line(120),
  /** The site's main host, `shop.example`. */
  domain: host,
  timeZone: line(64),
  currency,
};
const privacy = {
  identity: identityMode,
  consentRequired: z.boolean(),
  withoutConsent: z.enum(["cookieless", "drop"]),
  honourGpc: z.boolean(),
  honourDnt: z.boolean(),
  /** Origins that may send events; empty: any. */
  origins: z.array(origin).check(z.maxLength(50)),
  /** Other hosts of yours: they never open a touchpoint. */
  ownDomains: z.array(host).check(z.maxLength(50)),
};
/** Gross margin of what the site sells; null: not known. */
const money = { marginPercent: z.nullable(percent) };

/** `GET /sites`, `GET /sites/:id`. */
export const site = z.object({
  id: z.string(),
  /** Public key of the snippet, `wms_…`. */
  key: z.string(),
  name: z.string(),
  domain: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  identity: identityMode,
  consentRequired: z.boolean(),
  withoutConsent: z.enum(["cookieless", "drop"]),
  honourGpc: z.boolean(),
  honourDnt: z.boolean(),
  origins: z.array(z.string()),
  ownDomains: z.array(z.string()),
  silent: z.boolean(),
  marginPercent: z.nullable(z.number()),
  /** The line of HTML to paste. */
  snippet: z.string(),
  createdAt: instant,
  firstEventAt: z.nullable(instant),
  lastEventAt: z.nullable(instant),
});
export type Site = z.infer<typeof site>;

/** `POST /sites` → 201. Absent privacy settings take the defaults: first-party, no consent needed, GPC honoured. */
export const createSiteRequest = z.object({
  ...settings,
  ...z.partial(z.object({ ...privacy, ...money })).shape,
});
export type CreateSiteRequest = z.infer<typeof createSiteRequest>;

/** `PATCH /sites/:id`. */
export const updateSiteRequest = z.partial(
  z.object({ ...settings, ...privacy, ...money, silent: z.boolean() }),
);
export type UpdateSiteRequest = z.infer<typeof updateSiteRequest>;

/** `GET /sites/:id/ledger?from&to` (instants): what became of every event, hour by hour. */
export const ledgerQuery = z.object({ from: instant, to: instant });
export const ledgerHour = z.object({
  hour: instant,
  received: z.number(),
  stored: z.number(),
  duplicate: z.number(),
  bot: z.number(),
  rejected: z.record(z.string(), z.number()),
  deadLettered: z.number(),
});
export type LedgerHour = z.infer<typeof ledgerHour>;
/** `isBalanced`: in every hour, received equals the sum of the fates, and the reasons add up to the rejected. */
export const ledger = z.object({
  items: z.array(ledgerHour),
  next: z.null(),
  totals: z.object({
    received: z.number(),
    stored: z.number(),
    duplicate: z.number(),
    bot: z.number(),
    rejected: z.number(),
    deadLettered: z.number(),
  }),
  isBalanced: z.boolean(),
});
export type Ledger = z.infer<typeof ledger>;

function hasPossiblePort(text: string): boolean {
  const port = /:(\d+)$/.exec(text)?.[1];
  return port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
}
