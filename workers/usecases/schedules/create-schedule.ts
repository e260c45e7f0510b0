import type { CreateScheduleRequest, Schedule } from "#contract/report-schedules.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { insertSchedule, type NewRecipient } from "#db/queries/schedules/write-schedule.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import { askAddresses } from "#usecases/delivery/ask-addresses.ts";
import type { Deps } from "#usecases/deps.ts";
import { checkRecipients } from "#usecases/reports/check-recipients.ts";
import { getSchedule } from "./get-schedule.ts";
import { nextTime } from "./next-time.ts";
import { draftOfRequest } from "./schedule-draft.ts";
import { askerOf, settleSchedule, type ScheduleRefusal } from "./settle-schedule.ts";

export type WriteScheduleDeps = Pick<Deps, "databases" | "clock" | "ids" | "workQueue" | "log">;

/** Makes a schedule: from its next time on, a report by itself. Addresses outside the account are asked whether they want it. */
export async function createSchedule(
  deps: WriteScheduleDeps,
  { principal, request }: { principal: Principal; request: CreateScheduleRequest },
): Promise<Result<Schedule, ScheduleRefusal>> {
  const settled = await settleSchedule(deps, principal, draftOfRequest(request));
  if (!settled.ok) return settled;
  const recipients = await checkRecipients(deps, principal, request.recipients);
  if (!recipients.ok) return fail(recipients.error);
  const { all } = recipients.value;

  const fields = settled.value;
  const { accountId, database } = principal;
  const createdAt = deps.clock.now();
  const publicId = deps.ids.publicId("sch", createdAt);
  const schedule = {
    ...fields,
    accountId,
    publicId,
    nextAt: nextTime({ ...fields, publicId, lastDay: null }, createdAt),
    createdBy: principal.kind === "user" ? principal.userId : null,
    createdAt,
  };
  await insertSchedule(deps.databases.named(database), { schedule, recipients: entriesOf(deps, all) });
  await askAddresses(deps, {
    accountId,
    addresses: all,
    askedBy: askerOf(principal).sender,
    askedFor: fields.name,
  });
  await noteChange(deps, principal, {
    action: "report_schedule.create",
    subject: publicId,
    detail: { kind: fields.kind, cadence: fields.cadence, recipients: all.length },
  });
  const shown = await getSchedule(deps, { principal, scheduleId: publicId });
  if (!shown.ok) throw new Error(`Schedule ${publicId} is not there after it was written`);
  return ok(shown.value);
}

/** Addresses with the secret that their link to unsubscribe carries. */
export function entriesOf(deps: Pick<Deps, "ids">, addresses: readonly string[]): NewRecipient[] {
  return addresses.map((address) => ({ address, unsubscribeToken: deps.ids.secretHex(32) }));
}
