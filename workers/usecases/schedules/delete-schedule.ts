import { fail, ok, type Result } from "#core/result.ts";
import { deleteSchedule as markDeleted } from "#db/queries/schedules/write-schedule.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import type { Deps } from "#usecases/deps.ts";
import { findSchedule, type ScheduleNotFound } from "./get-schedule.ts";

/** Ends a schedule. Its reports stay, and mails of them that are under way go out. */
export async function deleteSchedule(
  deps: Pick<Deps, "databases" | "clock" | "log">,
  { principal, scheduleId }: { principal: Principal; scheduleId: string },
): Promise<Result<null, ScheduleNotFound>> {
  const found = await findSchedule(deps, principal, scheduleId);
  if (found === null) return fail({ kind: "schedule_not_found" });
  await markDeleted(deps.databases.named(principal.database), found, deps.clock.now());
  await noteChange(deps, principal, { action: "report_schedule.delete", subject: found.publicId });
  return ok(null);
}
