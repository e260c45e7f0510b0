import * as z from "zod/mini";

import { EXCLUSIONS } from "#core/attribution/journey.ts";
import { attributionBasis, attributionModel, credit } from "./attribution.ts";
import { attributionOptionsQuery, grouping } from "./attribution-options.ts";
import { channel, currency, day, instant, limit, money } from "./primitives.ts";

/**
 * Of a row of the workbench: a group by its key, all groups that are not among the largest, contacts in no group, or
 * conversions without any contact.
 */
export const groupKind = z.enum(["group", "other", "none", "unattributed"]);
export type GroupKind = z.infer<typeof groupKind>;

/** A group as rows, paths and nodes name it. `key` is null unless `kind` is `group`. */
export const groupName = z.object({ kind: groupKind, key: z.nullable(z.string()), name: z.string() });
export type GroupName = z.infer<typeof groupName>;

/**
 * `GET /sites/:id/attribution/journeys`: what made one figure of the workbench. The same options as there, the model of
 * the column, `kind` and `key` of the row (`key` only with `kind=group`).
 */
export const creditedJourneysQuery = z.extend(attributionOptionsQuery, {
  model: z.optional(attributionModel),
  kind: z.optional(groupKind),
  key: z.optional(z.string().check(z.minLength(1), z.maxLength(2_048))),
  /** Newest first, or the largest credited amount first. */
  order_by: z.optional(z.enum(["time", "value"])),
  after: z.optional(z.string()),
  limit,
});
export type CreditedJourneysQuery = z.infer<typeof creditedJourneysQuery>;

/** How journeys were looked at; all of it in the site's currency. */
export const journeysBasis = z.omit(attributionBasis, { otherCurrencies: true });
export type JourneysBasis = z.infer<typeof journeysBasis>;

/** Why a touchpoint does not count; null where it does. */
export const exclusion = z.enum(EXCLUSIONS);
export type { Exclusion } from "#core/attribution/journey.ts";

/** A contact of a journey, whether it counts or not. */
export const journeyTouchpoint = z.object({
  /** Its place among those that count, from 1; null where it does not. */
  place: z.nullable(z.number()),
  at: instant,
  /** Before the conversion. */
  ageMs: z.number(),
  kind: z.enum(["visit", "promo_code"]),
  channel,
  campaign: z.nullable(z.object({ id: z.string(), name: z.string() })),
  /** utm_source, click id, referrer, short link or promo code: whatever says where it came from. */
  source: z.nullable(z.string()),
  landingPage: z.nullable(z.string()),
  /** What its credit goes to. */
  group: groupName,
  exclusion: z.nullable(exclusion),
});

/** Of the conversion, and of what it is worth; null for Markov, whose credit is not one conversion's. */
const share = z.object({ conversions: z.number(), revenueMinor: z.number() });

const creditedTouchpoint = z.extend(journeyTouchpoint, {
  /** Null where it does not count. */
  credit: z.nullable(share),
  /** Whether it is of the group that was asked for. */
  isOfGroup: z.boolean(),
});
export type CreditedTouchpoint = z.infer<typeof creditedTouchpoint>;

/** A conversion, or a refund as the line of its own that it is: what it took, by the conversion's journey. */
export const creditedItem = z.object({
  kind: z.enum(["conversion", "refund"]),
  /** Of the refund or the conversion. */
  id: z.string(),
  /** What `GET /sites/:id/journeys/:conversionId` shows; null where a refund's conversion is unknown. */
  conversionId: z.nullable(z.string()),
  /** Of the refund, or of the conversion. */
  at: instant,
  convertedAt: z.nullable(instant),
  type: z.nullable(z.string()),
  orderId: z.nullable(z.string()),
  /** The conversion's value; what a refund took, as a negative amount. */
  valueMinor: z.number(),
  /** Set where its currency has no rate: the value in that currency. It counts, and `valueMinor` is 0. */
  withoutRate: z.optional(z.nullable(money)),
  /** What the group got of it; null for Markov. */
  credited: z.nullable(share),
  /** Oldest first, those that do not count among them: 90 days back, the latest 100. */
  touchpoints: z.array(creditedTouchpoint),
  /** Touchpoints before those that are shown, and what they got. */
  leftOut: z.nullable(z.extend(share, { touchpoints: z.number() })),
});
export type CreditedItem = z.infer<typeof creditedItem>;

/**
 * Steps between the group and another one, of which so many are of journeys that converted in the end. Null: journeys that
 * began with the group.
 */
const transition = z.object({ group: z.nullable(groupName), count: z.number(), converting: z.number() });

/** Markov: what the credit of a group is made of. */
export const chainOfGroup = z.object({
  /** The share of conversions that would be lost without the group; null while the workbench is being worked out. */
  removalEffect: z.nullable(z.number()),
  /** Converting journeys that the group is part of, and null ones. */
  convertingJourneys: z.number(),
  nullJourneys: z.number(),
  /** Where journeys came from and went to, the most frequent first; equal groups one behind the other are one step. */
  from: z.array(transition),
  to: z.array(transition),
  /** Journeys that ended with the group, with a conversion and without. */
  endsConverting: z.number(),
  endsNull: z.number(),
});
export type ChainOfGroup = z.infer<typeof chainOfGroup>;

export const creditedJourneys = z.object({
  siteId: z.string(),
  model: attributionModel,
  by: grouping,
  group: groupName,
  range: z.object({ from: day, to: day }),
  basis: journeysBasis,
  /**
   * With the first page: what all pages add up to, which is the workbench's figure of the row, to the cent. Null on
   * further pages, where the range holds more than 100,000 conversions, and for Markov.
   */
  total: z.nullable(z.extend(credit, { items: z.number() })),
  /** With the first page of Markov. */
  chain: z.nullable(chainOfGroup),
  items: z.array(creditedItem),
  /** A page may hold fewer items than asked for and still not be the last one. */
  next: z.nullable(z.string()),
});
export type CreditedJourneys = z.infer<typeof creditedJourneys>;

/** `GET /sites/:id/journeys/:conversionId`: the same options, of which `from`, `to` and `nulls` do not matter. */
export const journeyQuery = z.extend(z.omit(attributionOptionsQuery, { from: true, to: true }), {});

const browser = z.object({
  device: z.nullable(z.string()),
  browser: z.nullable(z.string()),
  os: z.nullable(z.string()),
});

const timelineTouchpoint = z.extend(journeyTouchpoint, {
  /** Number of the device, from 1 in the order of their first appearance. */
  device: z.number(),
  /** By model that shares out single journeys (all but Markov); empty where it does not count. */
  credits: z.partialRecord(attributionModel, share),
});
export type TimelineTouchpoint = z.infer<typeof timelineTouchpoint>;

/** One conversion and the way to it. No id of a visitor or person is in it. */
export const journey = z.object({
  siteId: z.string(),
  by: grouping,
  currency,
  conversion: z.object({
    id: z.string(),
    at: instant,
    type: z.string(),
    orderId: z.nullable(z.string()),
    valueMinor: z.number(),
    currency,
    /** A test conversion counts nowhere. */
    isTest: z.boolean(),
    promoCodes: z.array(z.string()),
    isUnattributed: z.boolean(),
  }),
  /** Of the same person; where journeys start anew it ends what counts. */
  previousConversionAt: z.nullable(instant),
  refunds: z.array(z.object({ id: z.string(), at: instant, takenMinor: z.number(), leftMinor: z.number() })),
  /** More than one: the person was identified on each, or a cookieless visit ran over midnight. */
  devices: z.array(z.extend(browser, { number: z.number() })),
  /** When a device was identified as the person's. */
  identified: z.array(z.object({ at: instant, device: z.number() })),
  touchpoints: z.array(timelineTouchpoint),
  /** Of the same days, the latest 50, with the first pages of each. */
  visits: z.array(
    z.object({
      startedAt: instant,
      endedAt: instant,
      device: z.number(),
      pageviews: z.number(),
      events: z.number(),
      landingPage: z.nullable(z.string()),
      pages: z.array(z.object({ at: instant, page: z.string() })),
    }),
  ),
});
export type Journey = z.infer<typeof journey>;
