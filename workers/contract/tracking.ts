import * as z from "zod/mini";

import { INSTALL_CODES } from "#core/install-check/install-finding.ts";
import { TRACKING_STATES } from "#core/tracking/tracking-state.ts";
import { instant } from "./primitives.ts";

/** Requests that were turned away whole, by reason, the most frequent first; about right, as counted at the edge. */
export const refusedRequests = z.object({
  since: instant,
  byCode: z.array(z.object({ code: z.string(), requests: z.number() })),
});
export type RefusedRequests = z.infer<typeof refusedRequests>;

/** `GET /sites/:id/tracking-health`: whether events arrive, and how soon they count. Cheap: it may be asked every few seconds. */
export const trackingHealth = z.object({
  asOf: instant,
  state: z.enum(TRACKING_STATES as unknown as [string, ...string[]]),
  /** When the newest body of events was received by collect, whatever became of it. */
  lastReceivedAt: z.nullable(instant),
  firstEventAt: z.nullable(instant),
  lastEvent: z.nullable(z.object({ type: z.string(), receivedAt: instant, page: z.nullable(z.string()) })),
  /** Of a quiet site: how many events it had, as a rule, in the same hours of the last seven days. */
  expectedEvents: z.nullable(z.number()),
  /** The newest bodies and what became of their events. */
  recent: z.object({
    bodies: z.number(),
    received: z.number(),
    stored: z.number(),
    duplicate: z.number(),
    bot: z.number(),
    rejected: z.number(),
    deadLettered: z.number(),
  }),
  /** From collect to the database, of bodies received in the last hour; null without any. */
  lag: z.nullable(z.object({ bodies: z.number(), p50Seconds: z.number(), p95Seconds: z.number() })),
  /** Hours that changed and are not summed up yet. */
  backlog: z.object({ hours: z.number(), oldestAt: z.nullable(instant) }),
  /** Of the last 24 hours; outside the ledger. */
  refused: refusedRequests,
});
export type TrackingHealth = z.infer<typeof trackingHealth>;

/** `GET /sites/:id/tracking-details`: pages, identity and bots of the newest events of seven days. */
export const trackingDetails = z.object({
  asOf: instant,
  /** How many of the newest events were looked at, and since when; `isWhole`: they are all of seven days. */
  looked: z.object({ events: z.number(), since: z.nullable(instant), isWhole: z.boolean() }),
  pages: z.array(
    z.object({
      host: z.string(),
      path: z.string(),
      lastSeenAt: instant,
      events24h: z.number(),
      events: z.number(),
    }),
  ),
  /** Pages beyond those listed. */
  morePages: z.number(),
  /** Events by what their visitor is known by; imported ones are left out. */
  identity: z.object({ firstParty: z.number(), cookieless: z.number(), none: z.number() }),
  bots: z.object({
    looked: z.number(),
    reasons: z.array(z.object({ reason: z.string(), events: z.number(), lastSeenAt: instant })),
  }),
});
export type TrackingDetails = z.infer<typeof trackingDetails>;

/** `POST /sites/:id/install-check`: looks at a page of the site, its front page if none is named. */
export const installCheckRequest = z.object({
  url: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(2_048))),
});
export const installFinding = z.object({
  code: z.enum(INSTALL_CODES),
  level: z.enum(["good", "blocks", "warns", "hint"]),
  found: z.nullable(z.string()),
  expected: z.nullable(z.string()),
  /** Text to copy that mends it. */
  fix: z.nullable(z.string()),
});
export const installCheck = z.object({
  /** The page that was looked at, after redirects. */
  url: z.string(),
  checkedAt: instant,
  findings: z.array(installFinding),
});
export type InstallCheck = z.infer<typeof installCheck>;
