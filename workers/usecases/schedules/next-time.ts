import { minutesAfterHour, nextSending, nextSendings, type Timing } from "#core/report/schedule-times.ts";
import type { ScheduleRecord, ScheduleWithRuns } from "#db/queries/schedules/schedule-record.ts";

export const TIMES_SHOWN = 3;

/** The next time of a schedule after `now`. A day that has had its report gets no second one, however its hour is moved. */
export function nextTime(schedule: Timing & Pick<ScheduleWithRuns, "publicId" | "lastDay">, now: Date): Date {
  const minutes = minutesAfterHour(schedule.publicId);
  let sending = nextSending(schedule, minutes, now.getTime());
  while (schedule.lastDay !== null && sending.day <= schedule.lastDay) {
    sending = nextSending(schedule, minutes, sending.atMs);
  }
  return new Date(sending.atMs);
}

/** The next times of a schedule, the one that is due included; none while it is paused. */
export function nextTimes(schedule: ScheduleRecord): Date[] {
  const { nextAt } = schedule;
  if (nextAt === null) return [];
  const after = nextSendings(schedule, minutesAfterHour(schedule.publicId), {
    atMs: nextAt.getTime(),
    count: TIMES_SHOWN - 1,
  });
  return [nextAt, ...after.map(({ atMs }) => new Date(atMs))];
}
