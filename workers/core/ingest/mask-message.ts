/** Fields of a body that say nothing about a person. Whatever is not named here is masked, new fields included. */
const PLAIN = new Set([
  "v",
  "receiptId",
  "requestId",
  "siteId",
  "database",
  "via",
  "receivedAt",
  "sentAt",
  "received",
  "rejected",
  "identity",
  "agent",
  "country",
  "bot",
  "id",
  "at",
  "type",
  "campaign",
  "channel",
  "slug",
  "state",
  "cleaned",
  "currency",
  "value",
  "test",
]);
/** Containers whose own fields are judged one by one. */
const OPENED = new Set(["events", "conversion", "refund"]);
const ADDRESSES = new Set(["url", "referrer", "link"]);
const MASK = "•••";

/**
 * A queued body as an operator may look at it without a reason: shape, times, counts and types in clear; visitors,
 * customers, order numbers, titles, texts and properties masked; of an address its origin and path only.
 */
export function maskMessage(message: unknown): unknown {
  if (Array.isArray(message)) return message.map(maskMessage);
  if (typeof message !== "object" || message === null) return message === null ? null : MASK;
  return Object.fromEntries(Object.entries(message).map(([name, value]) => [name, maskField(name, value)]));
}

function maskField(name: string, value: unknown): unknown {
  if (value === null || PLAIN.has(name)) return value;
  if (OPENED.has(name)) return maskMessage(value);
  return ADDRESSES.has(name) && typeof value === "string" ? withoutQuery(value) : MASK;
}

function withoutQuery(address: string): string {
  const end = address.search(/[?#]/);
  return end === -1 ? address : `${address.slice(0, end)}?${MASK}`;
}
