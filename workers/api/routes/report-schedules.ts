import { Hono, type Context } from "hono";

import {
  createScheduleRequest,
  previewScheduleRequest,
  schedulesQuery,
  updateScheduleRequest,
} from "#contract/report-schedules.ts";
import { createSchedule } from "#usecases/schedules/create-schedule.ts";
import { deleteSchedule } from "#usecases/schedules/delete-schedule.ts";
import { getSchedule, type ScheduleNotFound } from "#usecases/schedules/get-schedule.ts";
import { listSchedules } from "#usecases/schedules/list-schedules.ts";
import { runScheduleNow, testSchedule, type OrderRunRefusal } from "#usecases/schedules/order-run.ts";
import { previewSchedule } from "#usecases/schedules/preview-schedule.ts";
import type { ScheduleRefusal } from "#usecases/schedules/settle-schedule.ts";
import { updateSchedule } from "#usecases/schedules/update-schedule.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeIdCursor, listAnswer } from "./frame/cursor.ts";
import { idempotent } from "./frame/idempotency.ts";
import { problem } from "./frame/problem.ts";
import type { ProblemCode } from "./frame/problems.ts";
import { validId } from "./frame/public-id.ts";
import { refuseOrder } from "./frame/order-refusals.ts";
import { validJson, validQuery } from "./frame/valid.ts";

const read = () => requireAccess("reports:read");
const write = () => requireAccess("reports:write");
const scheduleId = () => validId("scheduleId", "sch");

/** Reports that are made by themselves, at their times. */
export const reportScheduleRoutes = new Hono<ApiEnv>()
  .get("/report-schedules", read(), validQuery(schedulesQuery), async (c) => {
    const { site, after, limit } = c.req.valid("query");
    const cursor = decodeIdCursor(after);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    const { deps, principal } = c.var;
    const page = await listSchedules(deps, { principal, site, afterId: cursor.value, limit });
    return page.ok ? c.json(listAnswer(page.value, (schedule) => schedule)) : refuse(c, page.error);
  })
  .post("/report-schedules", write(), idempotent(), validJson(createScheduleRequest), async (c) => {
    const { deps, principal } = c.var;
    const made = await createSchedule(deps, { principal, request: c.req.valid("json") });
    return made.ok ? c.json(made.value, 201) : refuse(c, made.error);
  })
  .post("/report-schedules/preview", read(), validJson(previewScheduleRequest), async (c) => {
    const { deps, principal } = c.var;
    const preview = await previewSchedule(deps, { principal, request: c.req.valid("json") });
    return preview.ok ? c.json(preview.value) : refuse(c, preview.error);
  })
  .get("/report-schedules/:scheduleId", read(), scheduleId(), async (c) => {
    const { deps, principal } = c.var;
    const found = await getSchedule(deps, { principal, scheduleId: c.req.param("scheduleId") });
    return found.ok ? c.json(found.value) : refuse(c, found.error);
  })
  .patch(
    "/report-schedules/:scheduleId",
    write(),
    scheduleId(),
    validJson(updateScheduleRequest),
    async (c) => {
      const { deps, principal } = c.var;
      const input = { principal, scheduleId: c.req.param("scheduleId"), request: c.req.valid("json") };
      const updated = await updateSchedule(deps, input);
      return updated.ok ? c.json(updated.value) : refuse(c, updated.error);
    },
  )
  .delete("/report-schedules/:scheduleId", write(), scheduleId(), async (c) => {
    const { deps, principal } = c.var;
    const deleted = await deleteSchedule(deps, { principal, scheduleId: c.req.param("scheduleId") });
    return deleted.ok ? c.body(null, 204) : refuse(c, deleted.error);
  })
  .post("/report-schedules/:scheduleId/run", write(), idempotent(), scheduleId(), async (c) => {
    const { deps, principal } = c.var;
    const run = await runScheduleNow(deps, { principal, scheduleId: c.req.param("scheduleId") });
    return run.ok ? c.json(run.value, 202) : refuse(c, run.error);
  })
  .post("/report-schedules/:scheduleId/test", write(), idempotent(), scheduleId(), async (c) => {
    const { deps, principal } = c.var;
    const run = await testSchedule(deps, { principal, scheduleId: c.req.param("scheduleId") });
    return run.ok ? c.json(run.value, 202) : refuse(c, run.error);
  });

type OwnRefusal =
  | ScheduleNotFound
  | OrderRunRefusal
  | Extract<ScheduleRefusal, { kind: "invalid_time_zone" }>;

const OWN = {
  schedule_not_found: ["not_found", "There is no such schedule"],
  report_not_found: ["not_found", "The report was deleted"],
  user_required: ["user_required", "A test is mailed to the person who is signed in"],
  invalid_time_zone: ["invalid_time_zone", "Give a zone of the IANA database, such as Europe/Berlin"],
} as const satisfies Record<OwnRefusal["kind"], readonly [ProblemCode, string]>;

function refuse(c: Context, refusal: OwnRefusal | ScheduleRefusal): Response {
  if (!isOwn(refusal)) return refuseOrder(c, refusal);
  const [code, detail] = OWN[refusal.kind];
  return problem(c, code, { detail });
}

function isOwn(refusal: OwnRefusal | ScheduleRefusal): refusal is OwnRefusal {
  return refusal.kind in OWN;
}
