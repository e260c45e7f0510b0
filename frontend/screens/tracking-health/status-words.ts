import type { Site } from "#contract/sites.ts";
import type { TrackingHealth } from "#contract/tracking.ts";
import { formatMinute } from "#frontend/format/date.ts";
import { readableHost } from "#frontend/format/host.ts";
import { formatCount, formatCredit } from "#frontend/format/number.ts";
import { refusedWords } from "./reason-words.ts";

export type StatusTone = "good" | "warn" | "bad" | "neutral";
export type StatusWords = { tone: StatusTone; title: string; text: string };

/** The state in a sentence, and what it means. */
export function statusWords(health: TrackingHealth, site: Site): StatusWords {
  switch (health.state) {
    case "never":
      return {
        tone: "neutral",
        title: "Nothing has arrived yet",
        text: `Add the snippet to ${readableHost(site.domain)} and open a page, or check the page below.`,
      };
    case "delayed":
      return { tone: "warn", title: "Events arrive, but late", text: delayedText(health) };
    case "nothing_stored":
      return {
        tone: "bad",
        title: "Events arrive, but none is stored",
        text: `${nothingStoredText(health)} The reasons are below.`,
      };
    case "quiet":
      return {
        tone: "warn",
        title: `Nothing since ${formatMinute(health.lastReceivedAt ?? health.asOf, site.timeZone)}`,
        text: quietText(health),
      };
    default:
      return {
        tone: "good",
        title: "Events arrive",
        text: "Each one is stored, and counts in the figures within a minute or two.",
      };
  }
}

/** Where the first event is waited for: what keeps it from counting; null while nothing is known to. */
export function keptAwayWords(health: TrackingHealth, site: Site): StatusWords | null {
  const { title, tone, text } = statusWords(health, site);
  if (health.state === "nothing_stored") return { tone, title, text: nothingStoredText(health) };
  if (health.state === "delayed") return { tone, title, text };
  const [refused] = health.refused.byCode;
  if (health.state !== "never" || refused === undefined) return null;
  const { what, todo } = refusedWords(refused.code);
  return { tone: "bad", title: "Requests arrive, but are refused", text: `${what} ${todo}` };
}

function nothingStoredText(health: TrackingHealth): string {
  return `Of the last ${formatCount(health.recent.received)} events not one counts: ${fateOfRecent(health)}.`;
}

function delayedText({ lag, backlog }: TrackingHealth): string {
  const late = lag !== null && lag.p95Seconds > 300;
  if (late)
    return "It takes more than five minutes until they are stored. Nothing is lost: they wait in line.";
  const hours = backlog.hours === 1 ? "An hour has" : `${formatCount(backlog.hours)} hours have`;
  return `${hours} waited for more than ten minutes to be summed up. Nothing is lost: the figures are behind.`;
}

function quietText({ expectedEvents }: TrackingHealth): string {
  if (!expectedEvents) return "That is a day or more. Check whether the snippet is still on the page.";
  return `In the same hours of other days there are about ${formatCount(expectedEvents)} events. Check whether the snippet is still on the page.`;
}

function fateOfRecent({ recent }: TrackingHealth): string {
  const parts = [
    [recent.bot, "bots"],
    [recent.rejected, "rejected"],
    [recent.deadLettered, "not storable"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatCount(count)} ${word}`)
    .join(", ");
}

/** "0.4 s", "12 s", "4 min", "2 h". */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${formatCredit(Math.round(seconds * 10) / 10)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
