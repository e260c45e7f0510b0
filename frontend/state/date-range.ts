import { formatDay, formatDayRange, formatMonth } from "#frontend/format/date.ts";
import {
  addDays,
  countDays,
  endOfMonth,
  isDay,
  startOfMonth,
  startOfQuarter,
  startOfYear,
} from "#frontend/format/day.ts";
import type { Day } from "#frontend/format/day.ts";

/** Closed days in the site's zone, both ends counted. */
export type DayRange = { from: Day; to: Day };

export type PresetKey = "today" | "7d" | "30d" | "month" | "quarter" | "year";

export type Preset = { key: PresetKey; letter: string; label: string };

/** The letters are those that Plausible and Dub taught the field. */
export const PRESETS: readonly Preset[] = [
  { key: "today", letter: "D", label: "Today" },
  { key: "7d", letter: "W", label: "Last 7 days" },
  { key: "30d", letter: "T", label: "Last 30 days" },
  { key: "month", letter: "M", label: "Month to date" },
  { key: "quarter", letter: "Q", label: "Quarter to date" },
  { key: "year", letter: "Y", label: "Year to date" },
];

export const DEFAULT_PRESET: PresetKey = "30d";

export type RangeChoice = { kind: "preset"; preset: PresetKey } | ({ kind: "custom" } & DayRange);

/** What the URL says, or the default when it says nothing or something that is no range. */
export function readRangeChoice(query: Readonly<Record<string, string>>): RangeChoice {
  const { from, to, range } = query;
  if (from && to && isDay(from) && isDay(to) && from <= to) return { kind: "custom", from, to };
  const preset = PRESETS.find((candidate) => candidate.key === range);
  return { kind: "preset", preset: preset?.key ?? DEFAULT_PRESET };
}

/** The query parameters that say this choice; the default preset needs none. */
export function writeRangeChoice(choice: RangeChoice): Record<"range" | "from" | "to", string | null> {
  if (choice.kind === "custom") return { range: null, from: choice.from, to: choice.to };
  return { range: choice.preset === DEFAULT_PRESET ? null : choice.preset, from: null, to: null };
}

/** The days a choice stands for, seen from the site's today. */
export function resolveRange(choice: RangeChoice, today: Day): DayRange {
  if (choice.kind === "custom") return { from: choice.from, to: choice.to };
  switch (choice.preset) {
    case "today":
      return { from: today, to: today };
    case "7d":
      return { from: addDays(today, -6), to: today };
    case "30d":
      return { from: addDays(today, -29), to: today };
    case "month":
      return { from: startOfMonth(today), to: today };
    case "quarter":
      return { from: startOfQuarter(today), to: today };
    case "year":
      return { from: startOfYear(today), to: today };
  }
}

/** The period before (−1) or after (+1): calendar periods stay whole, others keep their length. Null past today. */
export function shiftRange(choice: RangeChoice, direction: -1 | 1, today: Day): RangeChoice | null {
  const { from, to } = resolveRange(choice, today);
  const period = calendarPeriod(choice, from, to);
  const length = countDays(from, to);
  const start = period ? period.start(from, direction) : addDays(from, direction * length);
  const end = period ? addDays(period.start(from, direction + 1), -1) : addDays(to, direction * length);
  if (start > today) return null;
  return asChoice({ from: start, to: end < today ? end : today }, today);
}

/** A custom range that equals a preset is that preset, so that it goes on moving with the days. */
export function asChoice(range: DayRange, today: Day): RangeChoice {
  for (const { key } of PRESETS) {
    const days = resolveRange({ kind: "preset", preset: key }, today);
    if (days.from === range.from && days.to === range.to) return { kind: "preset", preset: key };
  }
  return { kind: "custom", ...range };
}

/** "Last 30 days", "November 2026", "3–9 Nov 2026". */
export function rangeLabel(choice: RangeChoice): string {
  if (choice.kind === "preset") return PRESETS.find(({ key }) => key === choice.preset)?.label ?? "";
  const { from, to } = choice;
  if (from === to) return formatDay(from);
  if (from === startOfMonth(from) && to === endOfMonth(from)) return formatMonth(from);
  return formatDayRange(from, to);
}

/** "previous 30 days", as the KPI tiles say it. */
export function comparisonLabel(range: DayRange): string {
  const length = countDays(range.from, range.to);
  return length === 1 ? "previous day" : `previous ${length} days`;
}

type Period = { start: (day: Day, periods: number) => Day };

const MONTH: Period = { start: startOfMonth };
const QUARTER: Period = { start: startOfQuarter };
const YEAR: Period = { start: startOfYear };

function calendarPeriod(choice: RangeChoice, from: Day, to: Day): Period | null {
  if (choice.kind === "preset") {
    const byPreset: Partial<Record<PresetKey, Period>> = { month: MONTH, quarter: QUARTER, year: YEAR };
    return byPreset[choice.preset] ?? null;
  }
  return [MONTH, QUARTER, YEAR].find((period) => isWhole(period, from, to)) ?? null;
}

function isWhole(period: Period, from: Day, to: Day): boolean {
  return from === period.start(from, 0) && to === addDays(period.start(from, 1), -1);
}
