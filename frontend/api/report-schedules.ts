import type { Report } from "#contract/reports.ts";
import type {
  CreateScheduleRequest,
  PreviewScheduleRequest,
  Schedule,
  SchedulePreview,
  UpdateScheduleRequest,
} from "#contract/report-schedules.ts";
import { call, invalidate, remember } from "./client.ts";

const PATH = "/report-schedules";

export async function createSchedule(body: CreateScheduleRequest): Promise<Schedule> {
  const schedule = await call<Schedule>({ method: "POST", path: PATH, body });
  invalidate(PATH);
  return schedule;
}

export async function updateSchedule(scheduleId: string, body: UpdateScheduleRequest): Promise<Schedule> {
  const path = `${PATH}/${scheduleId}`;
  const schedule = await call<Schedule>({ method: "PATCH", path, body });
  remember(path, schedule);
  invalidate(PATH);
  return schedule;
}

export async function deleteSchedule(scheduleId: string): Promise<void> {
  await call<void>({ method: "DELETE", path: `${PATH}/${scheduleId}` });
  invalidate(PATH);
}

/** `run`: to all recipients; `test`: to the person who asks alone. */
export async function runSchedule(scheduleId: string, how: "run" | "test"): Promise<Report> {
  const report = await call<Report>({ method: "POST", path: `${PATH}/${scheduleId}/${how}` });
  invalidate(PATH, "/reports");
  return report;
}

export async function previewSchedule(
  body: PreviewScheduleRequest,
  signal: AbortSignal,
): Promise<SchedulePreview> {
  return await call<SchedulePreview>({ method: "POST", path: `${PATH}/preview`, body, signal });
}
