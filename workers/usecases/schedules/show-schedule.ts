import type { RecipientState } from "#contract/report-addresses.ts";
import type { Schedule } from "#contract/report-schedules.ts";
import type { ScheduleWithRuns } from "#db/queries/schedules/schedule-record.ts";
import { addressStates } from "#usecases/delivery/address-states.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { nextTimes } from "./next-time.ts";

/** Schedules of one account as the API shows them, their recipients with the state each is in. */
export async function showSchedules(
  deps: Pick<Deps, "databases">,
  accountId: number,
  records: readonly ScheduleWithRuns[],
): Promise<Schedule[]> {
  const addresses = new Set(records.flatMap(({ recipients }) => recipients.map(({ address }) => address)));
  const states = await addressStates(controlDatabase(deps), accountId, [...addresses]);
  return records.map((record) => showSchedule(record, states));
}

function showSchedule(record: ScheduleWithRuns, states: ReadonlyMap<string, RecipientState>): Schedule {
  const { publicId, sitePublicId, campaigns, kind, lastRun } = record;
  return {
    id: publicId,
    name: record.name,
    siteId: sitePublicId,
    campaigns: campaigns.map(({ publicId: id, name }) => ({ id, name })),
    kind,
    cadence: record.cadence,
    weekday: record.weekday,
    monthDay: record.monthDay,
    hour: record.hour,
    timeZone: record.timeZone,
    covers: record.covers,
    content: {
      ...record.content,
      kind,
      ...(sitePublicId !== null && { siteId: sitePublicId }),
      ...(campaigns.length > 0 && { campaignIds: campaigns.map(({ publicId: id }) => id) }),
    },
    recipients: record.recipients.map(({ address, unsubscribedAt }) => ({
      address,
      state: unsubscribedAt === null ? (states.get(address) ?? "waiting") : "unsubscribed",
    })),
    formats: record.formats,
    subject: record.subject,
    note: record.note,
    skipEmpty: record.skipEmpty,
    pausedAt: record.pausedAt?.toISOString() ?? null,
    next: nextTimes(record).map((at) => at.toISOString()),
    lastRun,
    failure: record.failure,
    createdAt: record.createdAt.toISOString(),
  };
}
