import { list } from "#contract/primitives.ts";
import {
  createScheduleRequest,
  previewScheduleRequest,
  schedule,
  schedulePreview,
  schedulesQuery,
  updateScheduleRequest,
} from "#contract/report-schedules.ts";
import { report } from "#contract/reports.ts";
import type { RouteDoc } from "./route-doc.ts";

const ORDER_PROBLEMS = [
  "not_found",
  "invalid_time_zone",
  "invalid_currency",
  "invalid_range",
  "email_unconfirmed",
] as const;

export const reportSchedulePaths: readonly RouteDoc[] = [
  {
    method: "get",
    path: "/api/v1/report-schedules",
    tag: "Reports",
    summary: "The account's schedules",
    access: "reports:read",
    query: schedulesQuery,
    answer: { status: 200, description: "A page of schedules, newest first", schema: list(schedule) },
    problems: ["invalid_cursor", "not_found"],
  },
  {
    method: "post",
    path: "/api/v1/report-schedules",
    tag: "Reports",
    summary: "Make a schedule",
    description:
      "From its next time on, a report is made and mailed by itself. Times are on the clock of `timeZone`: where daylight saving leaps over the hour it is sent after the gap, where the hour comes twice the first time. Schedules are spread over the hour, each always at the same minute; `next` says which. Addresses outside the account are asked once whether they want it, and get nothing before they agree.",
    access: "reports:write",
    body: createScheduleRequest,
    isRepeatable: true,
    answer: { status: 201, description: "The schedule", schema: schedule },
    problems: ORDER_PROBLEMS,
  },
  {
    method: "post",
    path: "/api/v1/report-schedules/preview",
    tag: "Reports",
    summary: "The next times of a schedule that is not saved",
    access: "reports:read",
    body: previewScheduleRequest,
    answer: {
      status: 200,
      description: "Three times, each with the days it reports on",
      schema: schedulePreview,
    },
    problems: ["not_found", "invalid_time_zone"],
  },
  {
    method: "get",
    path: "/api/v1/report-schedules/{scheduleId}",
    tag: "Reports",
    summary: "One schedule",
    access: "reports:read",
    answer: { status: 200, description: "The schedule", schema: schedule },
  },
  {
    method: "patch",
    path: "/api/v1/report-schedules/{scheduleId}",
    tag: "Reports",
    summary: "Change, pause or resume a schedule",
    description:
      "What is given is set; null leaves it to the account's settings again. `recipients` is the whole list; whoever unsubscribed stays unsubscribed. What falls into a pause is not made up for.",
    access: "reports:write",
    body: updateScheduleRequest,
    answer: { status: 200, description: "The schedule as it is now", schema: schedule },
    problems: ORDER_PROBLEMS,
  },
  {
    method: "delete",
    path: "/api/v1/report-schedules/{scheduleId}",
    tag: "Reports",
    summary: "Delete a schedule",
    description: "Its reports stay, and mails of them that are under way go out.",
    access: "reports:write",
    answer: { status: 204, description: "Deleted" },
  },
  {
    method: "post",
    path: "/api/v1/report-schedules/{scheduleId}/run",
    tag: "Reports",
    summary: "Make a schedule's report now",
    description:
      "It goes to all recipients, beside the reports that are due. Asked twice within a minute, it is made once.",
    access: "reports:write",
    isRepeatable: true,
    answer: { status: 202, description: "The report, still pending", schema: report },
  },
  {
    method: "post",
    path: "/api/v1/report-schedules/{scheduleId}/test",
    tag: "Reports",
    summary: "Mail yourself a schedule's report",
    description: "It is marked as a test and goes to nobody but the signed-in person who asks.",
    access: "reports:write",
    isRepeatable: true,
    answer: { status: 202, description: "The report, still pending", schema: report },
    problems: ["user_required"],
  },
];
