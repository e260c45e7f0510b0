import type { Channel } from "#core/channels/channel.ts";
import type { SourceTuple } from "#core/sources/source-tuple.ts";

/** One event as the database takes it: decided, but with dictionary keys instead of their ids. Times in epoch ms. */
export type PreparedEvent = {
  siteId: number;
  eventId: string;
  receiptId: string;
  occurredAtMs: number;
  receivedAtMs: number;
  type: number;
  opens: number;
  flags: number;
  visitorId: string | null;
  /** The visitor under yesterday's salt, just after the rotation (decisions 13). */
  previousVisitorId: string | null;
  sourceKey: string | null;
  pageKey: string | null;
  country: string | null;
  valueMinor: number | null;
  currency: string | null;
  name: string | null;
  orderId: string | null;
  promoCode: string | null;
  clickId: string | null;
  /** Keyed customer hash of an identify event. */
  personId: string | null;
  /** Of a refund: what it says beyond an amount. */
  refund: RefundTerms | null;
  botReason: string | null;
  props: Readonly<Record<string, unknown>> | null;
};

export type RefundTerms = {
  /** The conversion it names, where it names no order. */
  conversionId: string | null;
  /** Without a currency of its own it is of its order's, whose minor units its value is read in (decisions 18, 25). */
  namesCurrency: boolean;
  /** Its value as it was told, a decimal in major units; null where it names a currency, or no value. */
  valueMajor: string | null;
};

/** A row for the dictionary of sources: the tuple and what it means with the site's matchers of now. */
export type PreparedSource = {
  key: string;
  /** Of the same tuple without its promo code; null where it has none. */
  plainKey: string | null;
  tuple: SourceTuple;
  channel: Channel;
  campaignId: number | null;
};

export type PreparedPage = { key: string; host: string; path: string };
