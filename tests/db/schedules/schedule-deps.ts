import { sql } from "drizzle-orm";
import type { CreateScheduleRequest, Schedule } from "#contract/report-schedules.ts";
import type { Database } from "#db/database.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { createSchedule } from "#usecases/schedules/create-schedule.ts";
import { testDeps, valueOf, type TestDeps } from "#tests/db/campaigns/campaign-deps.ts";

export type ScheduleDeps = TestDeps & { setNow(at: string): void; buildMessages(): string[] };

/** As `testDeps`, with a clock that the test sets. */
export function scheduleDeps(db: Database, at = "2026-03-09T10:00:00.000Z"): ScheduleDeps {
  let now = new Date(at);
  const deps = testDeps(db);
  return {
    ...deps,
    clock: { now: () => now },
    setNow: (instant) => (now = new Date(instant)),
    buildMessages: () =>
      deps.sent.flatMap((message) => (message.kind === "build-report" ? [message.reportId] : [])),
  };
}

/** A daily schedule at eight in Berlin, mailed to whoever makes it. */
export async function daily(
  deps: ScheduleDeps,
  principal: UserPrincipal,
  more: Partial<CreateScheduleRequest> & { siteId?: string | undefined },
): Promise<Schedule> {
  return valueOf(
    await createSchedule(deps, {
      principal,
      request: {
        name: "Every morning",
        cadence: "daily",
        hour: 8,
        timeZone: "Europe/Berlin",
        recipients: [principal.email],
        ...more,
      },
    }),
  );
}

export type RunRow = {
  public_id: string;
  period: string;
  status: string;
  failure: string | null;
  title: string;
  options: { from: string; to: string; isTest: boolean; skipEmpty: boolean; memberRecipients: string[] };
  created_at: string;
  deliveries: { recipient: string; status: string; kind: string | null }[];
};

/** The reports of a schedule, oldest first, as they stand in the table. */
export async function runsOf(db: Database, scheduleId: string): Promise<RunRow[]> {
  const { rows } = await db.execute<RunRow>(sql`
    select r.public_id, r.period, r.status, r.failure, r.title, r.options,
      to_char(r.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
      coalesce((select json_agg(json_build_object('recipient', d.recipient, 'status', d.status, 'kind', d.failure_kind)
        order by d.id) from site.report_deliveries d where d.report_id = r.id), '[]') as deliveries
    from site.reports r join site.report_schedules s on s.id = r.schedule_id
    where s.public_id = ${scheduleId} order by r.id`);
  return rows;
}
