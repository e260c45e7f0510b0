import type { ReportInterval } from "#core/report/report-tables.ts";

import type { ReportVoice } from "./report-voice.ts";

type Formats = ReportVoice["formats"];

/** From a hundred units on the cents of an interval's ends say nothing. */
const WHOLE_FROM_MINOR = 10_000;

/** "€290 – €380"; null where there is none. */
export function moneyIntervalText(interval: ReportInterval | null, formats: Formats): string | null {
  if (interval === null) return null;
  const widest = Math.max(Math.abs(interval.low), Math.abs(interval.high));
  const write = widest >= WHOLE_FROM_MINOR ? formats.wholeMoney : formats.money;
  return `${write(interval.low)} – ${write(interval.high)}`;
}

/** "81 – 99.4"; null where there is none. */
export function creditIntervalText(interval: ReportInterval | null, formats: Formats): string | null {
  if (interval === null) return null;
  const write = (value: number): string => formats.credit(Math.round(value * 10) / 10);
  return `${write(interval.low)} – ${write(interval.high)}`;
}
