import type { EventRow } from "#contract/events.ts";
import { EVENT_TYPES } from "#core/events/event-type.ts";
import { channelLabel } from "#frontend/format/channel.ts";

const TYPE_LABELS: Readonly<Record<string, string>> = {
  impression: "Impression",
  click: "Click",
  pageview: "Page view",
  conversion: "Conversion",
  custom: "Custom event",
  refund: "Refund",
  identify: "Identify",
  consent: "Consent",
};

/** "Page view"; a custom event shows its own name. */
export function eventLabel({ type, name }: Pick<EventRow, "type" | "name">): string {
  return (type === "custom" ? name : null) ?? TYPE_LABELS[type] ?? type;
}

export const EVENT_TYPE_OPTIONS = [
  { value: "", label: "All types" },
  ...EVENT_TYPES.map((type) => ({ value: type, label: TYPE_LABELS[type] ?? type })),
];

/** "google / cpc → Paid Search → Autumn sale". */
export function sourceChain(row: Pick<EventRow, "source" | "channel" | "campaign">): string[] {
  const channel = row.channel ? channelLabel(row.channel) : null;
  return [row.source, channel, row.campaign?.name].filter((part) => part !== null && part !== undefined);
}

/** "https://shop.example/cart?x=1" and "shop.example/cart" → "/cart"; what is no address stays as it is. */
export function pagePath(page: string): string {
  const url = URL.parse(/^https?:/.test(page) ? page : `https://${page}`);
  return url ? url.pathname : page;
}
