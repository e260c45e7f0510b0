import type { Alert, AlertChannel, AlertDetails, AlertParameter } from "#contract/alerts.ts";
import type { BadgeTone } from "#frontend/parts/badge-tone.ts";

type State = { tone: BadgeTone; word: string };

/** An alert's state in a word. */
export function stateOf(alert: Alert): State {
  if (alert.status === "resolved") {
    return alert.resolution === "ended" ? { tone: "neutral", word: "Ended" } : { tone: "good", word: "Over" };
  }
  return alert.acknowledgedAt === null ? { tone: "bad", word: "Firing" } : { tone: "warn", word: "Seen" };
}

const MINUTE_MS = 60_000;

/** How long it went on. */
export function lastedWords({ firedAt, resolvedAt }: Alert): string {
  if (resolvedAt === null) return "";
  const minutes = Math.max(1, Math.round((Date.parse(resolvedAt) - Date.parse(firedAt)) / MINUTE_MS));
  if (minutes < 120) return `For ${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `For ${hours} h` : `For ${Math.round(hours / 24)} days`;
}

type Message = AlertDetails["messages"][number];

/** What became of a message. */
export function messageState({ status, isHeld, attempts }: Message): State {
  switch (status) {
    case "sent":
      return { tone: "good", word: "Sent" };
    case "failed":
      return { tone: "bad", word: "Failed" };
    case "unknown":
      return { tone: "warn", word: "Not known" };
    case "cancelled":
      return { tone: "neutral", word: "Not sent: over before the quiet hours were" };
    case "waiting":
      if (isHeld && attempts === 0) return { tone: "neutral", word: "Held back by quiet hours" };
      return { tone: "neutral", word: attempts === 0 ? "About to be sent" : "Tried again" };
  }
}

/** What a message was about. */
export function noticeWords(notice: string): string {
  if (notice === "fired") return "It began";
  return notice === "resolved" ? "It was over" : "It went on";
}

export const CHANNEL_WORDS: Readonly<Record<AlertChannel["kind"], string>> = {
  mail: "E-mail",
  slack: "Slack",
  webhook: "Webhook",
};

/** What became of the last message to a channel; null before the first one. */
export function lastState({ last }: AlertChannel): State | null {
  switch (last?.status) {
    case undefined:
      return null;
    case "sent":
      return { tone: "good", word: "Works" };
    case "failed":
      return { tone: "bad", word: "Failed" };
    case "unknown":
      return { tone: "warn", word: "Not known" };
    case "waiting":
      return { tone: "neutral", word: "On its way" };
  }
}

const UNIT_WORDS: Readonly<Record<AlertParameter["unit"], string>> = {
  percent: "%",
  minutes: "min",
  hours: "h",
  days: "days",
  milliseconds: "ms",
  count: "",
};

/** A parameter's label with its unit. */
export function labelOf({ label, unit }: AlertParameter): string {
  return unit === "count" ? label : `${label} (${UNIT_WORDS[unit]})`;
}
