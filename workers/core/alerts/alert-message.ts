import type { AlertCause } from "./alert-cause.ts";
import type { AlertKind } from "./alert-kind.ts";

/** What a channel is told, as plain data: it is kept, so that each attempt says the same. Instants are ISO text. */
export type AlertMessage = {
  notice: "fired" | "reminder" | "resolved" | "test";
  /** Public id; null of a test. */
  alertId: string | null;
  kind: AlertKind | null;
  title: string;
  /** The facts in a sentence or two. */
  text: string;
  at: string;
  firedAt: string | null;
  resolvedAt: string | null;
  site: { id: string; name: string } | null;
  /** The dashboard's view of it. */
  url: string;
  /** What to do about it. */
  runbookUrl: string | null;
  facts: AlertCause | null;
};

/** How a message begins, in a subject or a headline. */
export const NOTICE_WORDS: Readonly<Record<AlertMessage["notice"], string>> = {
  fired: "Alert",
  reminder: "Still going on",
  resolved: "Over",
  test: "Test",
};
