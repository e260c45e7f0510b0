import type {
  CreateScheduleRequest,
  PreviewScheduleRequest,
  SchedulePreview,
  UpdateScheduleRequest,
} from "#contract/report-schedules.ts";
import type { ReportSettings } from "#contract/report-settings.ts";
import { done, list, missing, ok, problem } from "./fixture-answer.ts";
import type { Answer, Call, Route } from "./fixture-answer.ts";
import { ago, report } from "./fixture-reporting.ts";

/** Schedules, settings of reports and addresses. */
export const SCHEDULE_ROUTES: Route[] = [
  { method: "GET", path: /^\/report-schedules$/, answer: ({ state }) => list(state.reporting.schedules) },
  { method: "POST", path: /^\/report-schedules$/, answer: create },
  { method: "POST", path: /^\/report-schedules\/preview$/, answer: ({ body }) => preview(body) },
  {
    method: "GET",
    path: /^\/report-schedules\/([^/]+)$/,
    answer: (call) => {
      const found = one(call);
      return found ? ok(found) : missing;
    },
  },
  { method: "PATCH", path: /^\/report-schedules\/([^/]+)$/, answer: update },
  {
    method: "DELETE",
    path: /^\/report-schedules\/([^/]+)$/,
    answer: ({ state, ids }) => {
      state.reporting.schedules = state.reporting.schedules.filter(({ id }) => id !== ids[0]);
      return done;
    },
  },
  {
    method: "POST",
    path: /^\/report-schedules\/([^/]+)\/(run|test)$/,
    answer: () => ok(report("rep_run", { status: "pending" }), 202),
  },
  { method: "GET", path: /^\/report-settings$/, answer: ({ state }) => ok(state.reporting.settings) },
  {
    method: "PUT",
    path: /^\/report-settings$/,
    answer: ({ state, body }) => ok((state.reporting.settings = body as ReportSettings)),
  },
  {
    method: "POST",
    path: /^\/report-logos$/,
    answer: ({ state, body }) => {
      state.reporting.logo = body as Buffer;
      return ok({ id: `${"ab".repeat(32)}.png`, width: 800, height: 200 }, 201);
    },
  },
  { method: "GET", path: /^\/report-addresses$/, answer: ({ state }) => list(state.reporting.addresses) },
  {
    method: "POST",
    path: /^\/report-addresses\/([^/]+)\/ask$/,
    answer: ({ state, ids }) => {
      const found = state.reporting.addresses.find(({ id }) => id === ids[0]);
      if (!found) return missing;
      found.askedAt = ago(0);
      return { status: 202 };
    },
  },
];

function one({ state, ids }: Call) {
  return state.reporting.schedules.find(({ id }) => id === ids[0]);
}

function create({ state, body }: Call): Answer {
  const [template] = state.reporting.schedules;
  if (!template) return missing;
  const { recipients, campaignIds: _, ...rest } = body as CreateScheduleRequest;
  const schedule = {
    ...template,
    ...rest,
    id: "sch_new",
    siteId: rest.siteId ?? null,
    recipients: recipients.map((address) => ({ address, state: "waiting" as const })),
    lastRun: null,
  };
  state.reporting.schedules.unshift(schedule as typeof template);
  return ok(schedule, 201);
}

function update(call: Call): Answer {
  const found = one(call);
  if (!found) return missing;
  const {
    paused,
    recipients: _recipients,
    campaignIds: _campaigns,
    ...rest
  } = call.body as UpdateScheduleRequest;
  Object.assign(found, rest);
  if (paused !== undefined) Object.assign(found, { pausedAt: paused ? ago(0) : null });
  return ok(found);
}

/** Weeks from a fixed Monday; what matters here is that three come, and change with the question. */
function preview(body: unknown): Answer {
  const { hour, timeZone } = body as PreviewScheduleRequest;
  if (timeZone === "Nowhere/Land") {
    return problem({ status: 422, code: "invalid_time_zone", detail: "Give a zone of the IANA database" });
  }
  const hours = String(hour).padStart(2, "0");
  const answer: SchedulePreview = {
    next: [
      { at: `2026-11-30T${hours}:00:00.000Z`, from: "2026-11-23", to: "2026-11-29" },
      { at: `2026-12-07T${hours}:00:00.000Z`, from: "2026-11-30", to: "2026-12-06" },
      { at: `2026-12-14T${hours}:00:00.000Z`, from: "2026-12-07", to: "2026-12-13" },
    ],
    spreadMinutes: 55,
  };
  return ok(answer);
}
