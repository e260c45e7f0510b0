import type { Schedule } from "#contract/report-schedules.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { findSchedule as selectSchedule } from "#db/queries/schedules/find-schedule.ts";
import type { ScheduleWithRuns } from "#db/queries/schedules/schedule-record.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { showSchedules } from "./show-schedule.ts";

export type ScheduleNotFound = { kind: "schedule_not_found" };

/** One schedule of the account. */
export async function getSchedule(
  deps: Pick<Deps, "databases">,
  { principal, scheduleId }: { principal: Principal; scheduleId: string },
): Promise<Result<Schedule, ScheduleNotFound>> {
  const found = await findSchedule(deps, principal, scheduleId);
  if (found === null) return fail({ kind: "schedule_not_found" });
  const [shown] = await showSchedules(deps, principal.accountId, [found]);
  return shown ? ok(shown) : fail({ kind: "schedule_not_found" });
}

/** The asker's schedule with this public id; null when there is none or it is another account's. */
export async function findSchedule(
  deps: Pick<Deps, "databases">,
  { accountId, database }: Pick<Principal, "accountId" | "database">,
  publicId: string,
): Promise<ScheduleWithRuns | null> {
  return await selectSchedule(deps.databases.named(database), { accountId, publicId });
}
