import type { Schedule, UpdateScheduleRequest } from "#contract/report-schedules.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Timing } from "#core/report/schedule-times.ts";
import type { ScheduleWithRuns } from "#db/queries/schedules/schedule-record.ts";
import {
  updateSchedule as writeSchedule,
  type ScheduleChanges,
  type ScheduleFields,
} from "#db/queries/schedules/write-schedule.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import { askAddresses } from "#usecases/delivery/ask-addresses.ts";
import { checkRecipients, type EmailUnconfirmed } from "#usecases/reports/check-recipients.ts";
import { entriesOf, type WriteScheduleDeps } from "./create-schedule.ts";
import { findSchedule, getSchedule, type ScheduleNotFound } from "./get-schedule.ts";
import { nextTime } from "./next-time.ts";
import { draftOfChange } from "./schedule-draft.ts";
import { askerOf, settleSchedule, type ScheduleRefusal } from "./settle-schedule.ts";

export type UpdateScheduleInput = {
  principal: Principal;
  scheduleId: string;
  request: UpdateScheduleRequest;
};

/**
 * Writes what is given, and pauses or resumes. A schedule that is resumed goes on with its next time: what fell into the
 * pause is not made up for. Recipients are the whole list; new ones outside the account are asked first.
 */
export async function updateSchedule(
  deps: WriteScheduleDeps,
  { principal, scheduleId, request }: UpdateScheduleInput,
): Promise<Result<Schedule, ScheduleRefusal | ScheduleNotFound>> {
  const found = await findSchedule(deps, principal, scheduleId);
  if (found === null) return fail({ kind: "schedule_not_found" });
  const settled = hasFields(request)
    ? await settleSchedule(deps, principal, draftOfChange(found, request))
    : ok(null);
  if (!settled.ok) return settled;
  const recipients = await recipientsOf(deps, principal, { found, request });
  if (!recipients.ok) return recipients;

  const at = deps.clock.now();
  const fields = settled.value ?? found;
  const change = {
    changes: { ...settled.value, ...timesOf(found, { fields, paused: request.paused, at }) },
    recipients: recipients.value === null ? null : entriesOf(deps, recipients.value),
    at,
  };
  await writeSchedule(deps.databases.named(principal.database), found, change);
  if (recipients.value !== null) {
    const { accountId } = principal;
    const { sender } = askerOf(principal);
    await askAddresses(deps, {
      accountId,
      addresses: recipients.value,
      askedBy: sender,
      askedFor: fields.name,
    });
  }
  await noteChange(deps, principal, {
    action: "report_schedule.update",
    subject: found.publicId,
    detail: {
      changed: Object.keys(request),
      ...(request.paused !== undefined && { paused: request.paused }),
    },
  });
  return await getSchedule(deps, { principal, scheduleId });
}

function hasFields({ paused: _paused, recipients: _recipients, ...fields }: UpdateScheduleRequest): boolean {
  return Object.values(fields).some((value) => value !== undefined);
}

/** The list that is given; null: it stays. Those on it already were allowed when they were entered. */
async function recipientsOf(
  deps: WriteScheduleDeps,
  principal: Principal,
  { found, request }: { found: ScheduleWithRuns; request: UpdateScheduleRequest },
): Promise<Result<string[] | null, EmailUnconfirmed>> {
  if (request.recipients === undefined) return ok(null);
  const all = [...new Set(request.recipients)];
  const before = new Set(found.recipients.map(({ address }) => address));
  const checked = await checkRecipients(
    deps,
    principal,
    all.filter((address) => !before.has(address)),
  );
  return checked.ok ? ok(all) : fail(checked.error);
}

type Wanted = { fields: ScheduleFields | ScheduleWithRuns; paused: boolean | undefined; at: Date };

/** When it is due next: anew where its times are others, or where it had none. */
function timesOf(found: ScheduleWithRuns, { fields, paused, at }: Wanted): ScheduleChanges {
  const isPaused = paused ?? found.pausedAt !== null;
  if (isPaused) return { pausedAt: found.pausedAt ?? at, nextAt: null };
  if (found.nextAt !== null && isSameTiming(found, fields)) return { pausedAt: null, nextAt: found.nextAt };
  const { publicId, lastDay } = found;
  return { pausedAt: null, nextAt: nextTime({ ...fields, publicId, lastDay }, at), failure: null };
}

function isSameTiming(a: Timing, b: Timing): boolean {
  return (["cadence", "weekday", "monthDay", "hour", "timeZone"] as const).every(
    (name) => a[name] === b[name],
  );
}
