import type { Ledger, LedgerHour } from "#contract/sites.ts";
import { dayInZone, formatDayShort, formatHour } from "#frontend/format/date.ts";
import { addDays, listDays, toMs } from "#frontend/format/day.ts";
import type { Day } from "#frontend/format/day.ts";

export const SPANS = ["24h", "7d", "30d"] as const;
export type Span = (typeof SPANS)[number];

const DAYS: Readonly<Record<Exclude<Span, "24h">, number>> = { "7d": 7, "30d": 30 };
const HOUR_MS = 3_600_000;

export type Fates = {
  received: number;
  stored: number;
  duplicate: number;
  bot: number;
  rejected: number;
  deadLettered: number;
};

/** One hour or day of the ledger; `missing` is what received lacks or has over the sum of the fates: 0 as it should be. */
export type LedgerRow = Fates & { key: string; label: string; missing: number };

export type LedgerRange = { from: string; to: string; steps: { key: string; label: string }[] };

/** The span up to now in whole hours of the clock, or whole days of the site, each with a label. */
export function ledgerRange(span: Span, zone: string, nowMs: number = Date.now()): LedgerRange {
  const toHourMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS + HOUR_MS;
  const to = new Date(toHourMs).toISOString();
  if (span === "24h") {
    const hours = Array.from({ length: 24 }, (_, index) => toHourMs - (24 - index) * HOUR_MS);
    const steps = hours.map((ms) => ({ key: new Date(ms).toISOString(), label: formatHour(ms, zone) }));
    return { from: steps[0]?.key ?? to, to, steps };
  }
  const today = dayInZone(nowMs, zone);
  const first = addDays(today, 1 - DAYS[span]);
  const steps = listDays(first, today).map((day) => ({ key: day, label: formatDayShort(day) }));
  return { from: new Date(startOfDay(first, zone)).toISOString(), to, steps };
}

/** The ledger in the steps of its range; hours in which nothing came are rows of zeros. */
export function ledgerRows(ledger: Ledger, { steps }: LedgerRange, zone: string): LedgerRow[] {
  const isByDay = steps[0]?.key.length === 10;
  const sums = new Map<string, Fates>();
  for (const hour of ledger.items) {
    const key = isByDay ? dayInZone(Date.parse(hour.hour), zone) : hour.hour;
    sums.set(key, add(sums.get(key), fatesOf(hour)));
  }
  return steps.map(({ key, label }) => {
    const fates = sums.get(key) ?? NOTHING;
    return { key, label, ...fates, missing: missingIn(fates) };
  });
}

/** Received less all fates. */
export function missingIn({ received, stored, duplicate, bot, rejected, deadLettered }: Fates): number {
  return received - stored - duplicate - bot - rejected - deadLettered;
}

/** How often each code refused an event, the most frequent first. */
export function rejectedByCode(ledger: Ledger): { code: string; events: number }[] {
  const counts = new Map<string, number>();
  for (const { rejected } of ledger.items) {
    for (const [code, events] of Object.entries(rejected)) counts.set(code, (counts.get(code) ?? 0) + events);
  }
  return [...counts]
    .map(([code, events]) => ({ code, events }))
    .toSorted((a, b) => b.events - a.events || (a.code < b.code ? -1 : 1));
}

const NOTHING: Fates = { received: 0, stored: 0, duplicate: 0, bot: 0, rejected: 0, deadLettered: 0 };

function fatesOf({ received, stored, duplicate, bot, rejected, deadLettered }: LedgerHour): Fates {
  const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
  return { received, stored, duplicate, bot, rejected: refused, deadLettered };
}

function add(sum: Fates = NOTHING, more: Fates): Fates {
  return {
    received: sum.received + more.received,
    stored: sum.stored + more.stored,
    duplicate: sum.duplicate + more.duplicate,
    bot: sum.bot + more.bot,
    rejected: sum.rejected + more.rejected,
    deadLettered: sum.deadLettered + more.deadLettered,
  };
}

/** The first whole UTC hour that lies in the site's day: the ledger knows no parts of an hour. */
function startOfDay(day: Day, zone: string): number {
  // No zone is further from UTC than 14 hours.
  let ms = toMs(day) - 14 * HOUR_MS;
  while (dayInZone(ms, zone) < day) ms += HOUR_MS;
  return ms;
}
