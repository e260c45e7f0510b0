import type { AlertKind } from "./alert-kind.ts";

/** The facts that a measurement was made of: what a message says and what its link leads to. Times are epoch ms. */
export type AlertCause =
  | ErrorRateCause
  | SlowAnswersCause
  | WaitingCause
  | DeadLettersCause
  | ReportFailureCause
  | SiteSilentCause
  | ConversionDropCause
  | PacingCause
  | CpaCause;

export type ErrorRateCause = {
  kind: "error-rate";
  minutes: number;
  requests: number;
  /** Answers of 500 and above. */
  errors: number;
  /** What most of them were; null when none failed. */
  most: { requests: number; status: number; method: string; route: string; code: string | null } | null;
};

export type SlowAnswersCause = {
  kind: "slow-answers";
  minutes: number;
  requests: number;
  p95Ms: number;
  /** The route that took most of the time. */
  slowest: { method: string; route: string; p95Ms: number } | null;
};

export type WaitingCause = {
  kind: "ingest-lag" | "rollup-stalled";
  seconds: number;
  /** What waits. */
  what: "bodies" | "spill" | "hours";
};

export type DeadLettersCause = {
  kind: "dead-letters";
  letters: number;
  /** There are more than were counted. */
  isMore: boolean;
  most: { reason: string; letters: number } | null;
};

export type ReportFailureCause = {
  kind: "report-failure";
  /** Reports that could not be built, and mails of reports that could not be sent, in a day. */
  reports: number;
  mails: number;
  /** The newest; the title is for the account's own people. */
  latest: { reportId: string; title: string; reason: string } | null;
};

export type SiteSilentCause = {
  kind: "site-silent";
  lastEventMs: number;
  timeZone: string;
  /** What the same stretch of the week had in earlier weeks; null where none is known. */
  usual: Usual | null;
  /** The stretch. */
  minutes: number;
};

export type ConversionDropCause = {
  kind: "conversion-drop";
  conversions: number;
  fromMs: number;
  toMs: number;
  timeZone: string;
  usual: Usual | null;
};

export type Usual = { weeks: number; median: number; low: number; high: number };

export type PacingCause = {
  kind: "overspend" | "under-delivery";
  campaignId: string;
  campaign: string;
  currency: string;
  spentMinor: number;
  budgetMinor: number;
  /** Share of the flight that has gone by, 0 to 1. */
  elapsed: number;
};

export type CpaCause = {
  kind: "cpa-above-target";
  campaignId: string;
  campaign: string;
  currency: string;
  days: number;
  from: string;
  to: string;
  spentMinor: number;
  conversions: number;
  targetMinor: number;
};

/** Why nothing can be said. */
export type MissingReason =
  | "no_requests"
  | "too_few_requests"
  | "no_events_yet"
  | "too_little_history"
  | "usually_quiet"
  | "not_rolled_up"
  | "site_is_silent"
  | "ingest_stalled"
  | "no_spend"
  | "currency_mismatch"
  | "too_few_conversions";

/** What a measurement comes to. */
export type Judgement =
  | { verdict: "bad" | "good"; cause: AlertCause }
  | { verdict: "missing"; reason: MissingReason }
  | { verdict: "gone" };

/** The facts of one kind of alert. */
export type CauseOf<Kind extends AlertKind> = AlertCause extends infer Cause
  ? Cause extends { kind: infer Own }
    ? Kind extends Own
      ? Cause
      : never
    : never
  : never;

/** Something for every kind of alert, each given its own facts. */
export type ByCause<T> = { readonly [Kind in AlertKind]: (cause: CauseOf<Kind>) => T };

/** Takes from such a table what these facts give. */
export function ofCause<T>(table: ByCause<T>, cause: AlertCause): T {
  // The table's entry and the facts are of the same kind, which the compiler cannot see of a union.
  const entry = table[cause.kind] as (facts: AlertCause) => T;
  return entry(cause);
}
