import { scrubText } from "./scrub-text.ts";

export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** Facts whose texts are of our own making: names in the code, patterns of routes, ids of rows and of requests. */
const OUR_WORDS: ReadonlySet<string> = new Set([
  "accountId",
  "addressId",
  "at",
  "cron",
  "database",
  "deliveryId",
  "event",
  "kind",
  "messageId",
  "method",
  "purpose",
  "queue",
  "receiptId",
  "report",
  "reportId",
  "requestId",
  "route",
  "schedule",
  "siteId",
  "slug",
  "sqlState",
  "task",
  "via",
  "waits",
  "worker",
]);

/** What a line of the log may say: every text that is not of our own making is scrubbed, a new one to begin with. */
export function scrubFacts(facts: Facts): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === "string" && !OUR_WORDS.has(name) ? scrubText(value) : value,
    ]),
  );
}
