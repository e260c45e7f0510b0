import { DEFAULT_COVERS } from "#core/report/sending-range.ts";
import type { ReportKind } from "#core/report/report-model.ts";
import type { RollingPeriod } from "#core/report/rolling-period.ts";
import type { Timing } from "#core/report/schedule-times.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { isTimeZone } from "#core/time/site-day.ts";
import { listReportSites } from "#db/queries/reports/report-sites.ts";
import type { ScheduleFields } from "#db/queries/schedules/write-schedule.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { EmailUnconfirmed } from "#usecases/reports/check-recipients.ts";
import type { Deps } from "#usecases/deps.ts";
import { resolveOrder } from "#usecases/reports/resolve-order.ts";
import type { OrderAccount, OrderRefusal } from "#usecases/reports/settle-order.ts";

/** A schedule as somebody wants it; what is undefined is open. */
export type ScheduleDraft = Omit<
  ScheduleFields,
  "siteId" | "campaignIds" | "kind" | "timeZone" | "covers"
> & {
  kind: ReportKind | undefined;
  /** Public ids. */
  siteId: string | undefined;
  campaignIds: string[];
  timeZone: string | undefined;
  covers: RollingPeriod | undefined;
};

export type ScheduleRefusal =
  | OrderRefusal
  | EmailUnconfirmed
  | { kind: "invalid_time_zone"; timeZone: string };

/** Whether reports can be made of it, and what it left open settled. */
export async function settleSchedule(
  deps: Pick<Deps, "databases" | "clock">,
  principal: Principal,
  draft: ScheduleDraft,
): Promise<Result<ScheduleFields, ScheduleRefusal>> {
  const { content, kind, siteId, campaignIds } = draft;
  const covers = draft.covers ?? DEFAULT_COVERS[draft.cadence];
  const question = { ...content, kind, siteId, campaignIds, period: covers };
  const order = await resolveOrder(deps, askerOf(principal), question);
  if (!order.ok) return order;
  const { site, campaigns } = order.value;
  const timeZone = draft.timeZone ?? site?.timeZone ?? (await zoneOfAccount(deps, principal));
  if (!isTimeZone(timeZone)) return fail({ kind: "invalid_time_zone", timeZone });
  return ok({
    ...draft,
    ...daysOfCadence(draft),
    kind: order.value.kind,
    siteId: site?.siteId ?? null,
    campaignIds: campaigns.map(({ id }) => id),
    timeZone,
    covers,
  });
}

/** For whom reports are made, as those who get them know them. */
export function askerOf(principal: Principal): OrderAccount {
  const { accountId, accountName, database } = principal;
  return {
    accountId,
    accountName,
    database,
    sender: principal.kind === "user" ? principal.name : accountName,
  };
}

/** Only what the cadence goes by is kept. */
function daysOfCadence({
  cadence,
  weekday,
  monthDay,
}: Pick<Timing, "cadence" | "weekday" | "monthDay">): Pick<Timing, "weekday" | "monthDay"> {
  switch (cadence) {
    case "daily":
      return { weekday: null, monthDay: null };
    case "weekly":
      return { weekday: weekday ?? 1, monthDay: null };
    case "monthly":
    case "quarterly":
      return { weekday: null, monthDay: monthDay ?? 1 };
  }
}

async function zoneOfAccount(
  deps: Pick<Deps, "databases">,
  { accountId, database }: Principal,
): Promise<string> {
  const [first] = await listReportSites(deps.databases.named(database), { accountId, siteId: null });
  return first?.timeZone ?? "UTC";
}
