/** How a site's tracking is, in one word; the first that is true. */
export const TRACKING_STATES = ["never", "delayed", "nothing_stored", "quiet", "healthy"] as const;
export type TrackingState = (typeof TRACKING_STATES)[number];

export type TrackingFacts = {
  nowMs: number;
  /** When collect received the newest body; null when it never has. */
  lastReceivedAtMs: number | null;
  /** Of the newest bodies: events received, and those that were stored now or before. */
  recent: { received: number; kept: number };
  /** Events by hour of the last eight days; hours without any may be absent. */
  activity: readonly { atMs: number; events: number }[];
  /** Seconds from collect to the database that 95 % of the last hour's bodies kept within; null without any. */
  lagP95Seconds: number | null;
  /** Since when the oldest hour waits to be summed up; null when none does. */
  backlogSinceMs: number | null;
};

export type TrackingVerdict = {
  state: TrackingState;
  /** What is usual in the hours that have been quiet; null when that was not asked. */
  expectedEvents: number | null;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const COMPARED_DAYS = 7;
/** Quiet for less than this is the ordinary gap between two visitors. */
const QUIET_AFTER_MS = HOUR_MS;
/** Longer than this is worth a word on the smallest site. */
const SILENT_AFTER_MS = DAY_MS;
/** With so many expected, none at all is no chance any more: e^−10 is 1 in 20,000. */
const EXPECTED_EVENTS = 10;
const LAG_LIMIT_SECONDS = 300;
const BACKLOG_LIMIT_MS = 10 * 60_000;

/** Judges by what the site itself is used to: the same hours of the last seven days, the night of a shop included. */
export function trackingState(facts: TrackingFacts): TrackingVerdict {
  const { nowMs, lastReceivedAtMs, recent } = facts;
  if (lastReceivedAtMs === null) return { state: "never", expectedEvents: null };
  if (isDelayed(facts)) return { state: "delayed", expectedEvents: null };
  const gapMs = nowMs - lastReceivedAtMs;
  if (gapMs >= QUIET_AFTER_MS) {
    const expectedEvents = usualEvents(facts.activity, { fromMs: lastReceivedAtMs, toMs: nowMs });
    if (gapMs >= SILENT_AFTER_MS || expectedEvents >= EXPECTED_EVENTS)
      return { state: "quiet", expectedEvents };
  }
  const isNothingKept = recent.received > 0 && recent.kept === 0;
  return { state: isNothingKept ? "nothing_stored" : "healthy", expectedEvents: null };
}

/** Events come late into the figures: ingest or rollups are behind. */
function isDelayed({ nowMs, lagP95Seconds, backlogSinceMs }: TrackingFacts): boolean {
  const isLate = lagP95Seconds !== null && lagP95Seconds > LAG_LIMIT_SECONDS;
  return isLate || (backlogSinceMs !== null && nowMs - backlogSinceMs > BACKLOG_LIMIT_MS);
}

type Span = { fromMs: number; toMs: number };

/** The median over seven days of the events in the whole hours of this span, a day's width at most. */
function usualEvents(activity: TrackingFacts["activity"], { fromMs, toMs }: Span): number {
  const start = Math.ceil(Math.max(fromMs, toMs - DAY_MS) / HOUR_MS) * HOUR_MS;
  const sums = Array.from({ length: COMPARED_DAYS }, (_, index) => {
    const back = (index + 1) * DAY_MS;
    return activity
      .filter(({ atMs }) => atMs >= start - back && atMs + HOUR_MS <= toMs - back)
      .reduce((sum, { events }) => sum + events, 0);
  });
  return sums.toSorted((a, b) => a - b)[Math.floor(COMPARED_DAYS / 2)] ?? 0;
}
