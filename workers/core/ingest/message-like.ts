import type { EventType } from "#core/events/event-type.ts";

/** An event of a queued body, as `contract/ingest-message` parses it; core names its own shape and needs no zod. */
export type MessageEventLike = {
  id: string;
  at: number;
  type: EventType;
  url?: string | undefined;
  referrer?: string | undefined;
  title?: string | undefined;
  campaign?: string | undefined;
  channel?: string | undefined;
  visitor?: string | undefined;
  promoCode?: string | undefined;
  name?: string | undefined;
  link?: string | undefined;
  text?: string | undefined;
  slug?: string | undefined;
  conversion?:
    | {
        type?: string | undefined;
        value?: string | number | undefined;
        currency?: string | undefined;
        orderId?: string | undefined;
        promoCode?: string | undefined;
        test?: boolean | undefined;
      }
    | undefined;
  refund?:
    | {
        orderId?: string | undefined;
        conversionId?: string | undefined;
        value?: string | number | undefined;
        currency?: string | undefined;
      }
    | undefined;
  customerHash?: string | undefined;
  state?: "granted" | "denied" | undefined;
  props?: Record<string, string | number | boolean | null> | undefined;
  cleaned?: boolean | undefined;
};

export type MessageLike = {
  receiptId: string;
  siteId: number;
  via: "pixel" | "image" | "redirect" | "api";
  receivedAt: number;
  sentAt: number | null;
  received: number;
  rejected: Readonly<Record<string, number>>;
  visitor: string | null;
  previousVisitor?: string | undefined;
  identity: "first-party" | "cookieless" | "none";
  agent: { browser: string; os: string; device: string };
  country: string | null;
  bot: string | null;
  events: readonly MessageEventLike[];
};
