import * as z from "zod/mini";

/**
 * What collect puts on the queue and what the bulk API hands to ingest: one accepted body, with its receipt.
 * Versioned, because messages of the previous deployment are still in the queue when a new one starts.
 */
export const INGEST_MESSAGE_VERSION = 1;

const uuid = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/));

const nullable = <T extends z.ZodMiniType>(schema: T) => z.nullable(schema);

/** One event, its shape already checked by collect, its url still unread. */
export const messageEvent = z.object({
  id: uuid,
  at: z.number(),
  type: z.enum(["impression", "click", "pageview", "conversion", "custom", "refund", "identify", "consent"]),
  url: z.optional(z.string()),
  referrer: z.optional(z.string()),
  title: z.optional(z.string()),
  /** Campaign public id (`cmp_…`); from the bulk API also a name. */
  campaign: z.optional(z.string()),
  /** Channel code; from the bulk API only. */
  channel: z.optional(z.string()),
  /** Visitor named by the bulk API; the message's visitor otherwise. */
  visitor: z.optional(uuid),
  promoCode: z.optional(z.string()),
  name: z.optional(z.string()),
  link: z.optional(z.string()),
  text: z.optional(z.string()),
  /** Slug of the short link that was followed; set by the redirect only. */
  slug: z.optional(z.string()),
  conversion: z.optional(
    z.object({
      type: z.optional(z.string()),
      value: z.optional(z.union([z.string(), z.number()])),
      currency: z.optional(z.string()),
      orderId: z.optional(z.string()),
      promoCode: z.optional(z.string()),
      test: z.optional(z.boolean()),
    }),
  ),
  refund: z.optional(
    z.object({
      orderId: z.optional(z.string()),
      conversionId: z.optional(uuid),
      value: z.optional(z.union([z.string(), z.number()])),
      currency: z.optional(z.string()),
    }),
  ),
  /** Keyed hash (decisions 15): the raw customer key is never queued. */
  customerHash: z.optional(uuid),
  state: z.optional(z.enum(["granted", "denied"])),
  props: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  cleaned: z.optional(z.boolean()),
});

export const ingestMessage = z.object({
  v: z.literal(INGEST_MESSAGE_VERSION),
  receiptId: uuid,
  requestId: z.string(),
  siteId: z.number(),
  /** Name of the database the site's account lives on; messages are grouped by it. */
  database: z.string(),
  via: z.enum(["pixel", "image", "redirect", "api"]),
  receivedAt: z.number(),
  sentAt: nullable(z.number()),
  /** Events in the body as it came, those already rejected included: the ledger's left-hand side. */
  received: z.number(),
  rejected: z.record(z.string(), z.number()),
  visitor: nullable(uuid),
  /** The visitor under yesterday's salt, within 30 minutes of the rotation (decisions 13). */
  previousVisitor: z.optional(uuid),
  identity: z.enum(["first-party", "cookieless", "none"]),
  agent: z.object({
    browser: z.string(),
    os: z.string(),
    device: z.enum(["desktop", "mobile", "tablet", "other"]),
  }),
  country: nullable(z.string()),
  /** Why this is a bot, or null for a person. */
  bot: nullable(z.string()),
  events: z.array(messageEvent),
});

export type IngestMessage = z.infer<typeof ingestMessage>;
export type MessageEvent = z.infer<typeof messageEvent>;
