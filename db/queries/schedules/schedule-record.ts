import { sql } from "drizzle-orm";

import type { Model } from "#core/attribution/models.ts";
import type { DirectRule } from "#core/attribution/options.ts";
import type { Comparison } from "#core/report/comparison-range.ts";
import type { ReportFormat } from "#core/report/report-format.ts";
import type { ReportKind, ReportLanguage, ReportSection } from "#core/report/report-model.ts";
import type { RollingPeriod } from "#core/report/rolling-period.ts";
import type { CampaignName } from "#db/queries/campaigns/find-campaign.ts";
import { reportSchedules } from "#db/schema/site/report-schedules.ts";
import { sites } from "#db/schema/site/sites.ts";

/** What its reports are, as it was asked for; what is left out follows the account's settings when a report is made. */
export type ScheduleContent = {
  title?: string | null | undefined;
  preparedFor?: string | null | undefined;
  model?: Model | undefined;
  lookback?: number | undefined;
  direct?: DirectRule | undefined;
  compare?: Comparison | undefined;
  sections?: ReportSection[] | undefined;
  language?: ReportLanguage | undefined;
  locale?: string | undefined;
  currency?: string | undefined;
  branding?:
    | {
        logo?: string | null | undefined;
        accent?: string | null | undefined;
        footer?: string | null | undefined;
      }
    | undefined;
};

export type ScheduleCampaign = CampaignName & { isArchived: boolean };
export type ScheduleRecipient = {
  address: string;
  /** ISO instant, from the reports of this schedule; null: it gets them. */
  unsubscribedAt: string | null;
};
export type LastRun = { reportId: string; period: string; status: string; createdAt: string };

export type ScheduleRecord = {
  id: number;
  accountId: number;
  publicId: string;
  /** Null: all sites of the account. */
  siteId: number | null;
  /** Null also when the site is not there any more. */
  sitePublicId: string | null;
  /** Ints of the campaigns asked for; those that are gone are not in `campaigns`. */
  campaignIds: number[];
  campaigns: ScheduleCampaign[];
  name: string;
  kind: ReportKind;
  cadence: "daily" | "weekly" | "monthly" | "quarterly";
  weekday: number | null;
  monthDay: number | null;
  hour: number;
  timeZone: string;
  covers: RollingPeriod;
  content: ScheduleContent;
  formats: ReportFormat[];
  subject: string | null;
  note: string | null;
  skipEmpty: boolean;
  nextAt: Date | null;
  pausedAt: Date | null;
  failure: string | null;
  createdBy: number | null;
  createdAt: Date;
  updatedAt: Date;
  /** In the order of their addresses, without those that a member took off the list. */
  recipients: ScheduleRecipient[];
};

/** The same with what it made so far. */
export type ScheduleWithRuns = ScheduleRecord & {
  /** The newest report of it that was no test. */
  lastRun: LastRun | null;
  /** The latest day of sending for which a report was made; null before the first. */
  lastDay: string | null;
};

/** An instant inside JSON. */
const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** Columns of a `ScheduleRecord`, for a select of `report_schedules` outer joined with `sites`. */
export const scheduleColumns = {
  id: reportSchedules.id,
  accountId: reportSchedules.accountId,
  publicId: reportSchedules.publicId,
  siteId: reportSchedules.siteId,
  sitePublicId: sites.publicId,
  campaignIds: reportSchedules.campaignIds,
  campaigns: sql<ScheduleCampaign[]>`coalesce((
    select json_agg(json_build_object('id', c.id, 'publicId', c.public_id, 'name', c.name,
      'currency', c.currency, 'isArchived', c.archived_at is not null) order by lower(c.name), c.id)
    from site.campaigns c
    where c.site_id = ${reportSchedules.siteId} and c.id = any(${reportSchedules.campaignIds})), '[]')`,
  name: reportSchedules.name,
  kind: sql<ReportKind>`${reportSchedules.kind}`,
  cadence: reportSchedules.cadence,
  weekday: reportSchedules.weekday,
  monthDay: reportSchedules.monthDay,
  hour: reportSchedules.hour,
  timeZone: reportSchedules.timeZone,
  covers: sql<RollingPeriod>`${reportSchedules.covers}`,
  content: sql<ScheduleContent>`${reportSchedules.options}`,
  formats: sql<ReportFormat[]>`${reportSchedules.formats}`,
  subject: reportSchedules.subject,
  note: reportSchedules.note,
  skipEmpty: reportSchedules.skipEmpty,
  nextAt: reportSchedules.nextAt,
  pausedAt: reportSchedules.pausedAt,
  failure: reportSchedules.failure,
  createdBy: reportSchedules.createdBy,
  createdAt: reportSchedules.createdAt,
  updatedAt: reportSchedules.updatedAt,
  recipients: sql<ScheduleRecipient[]>`coalesce((
    select json_agg(json_build_object('address', p.address, 'unsubscribedAt', ${iso("p.unsubscribed_at")})
      order by p.address)
    from site.report_recipients p
    where p.schedule_id = ${reportSchedules.id} and p.removed_at is null), '[]')`,
};

/** Columns of a `ScheduleWithRuns`. Periods are days, or `now-…` and `test-…`: those by hand sort behind the days. */
export const scheduleWithRunsColumns = {
  ...scheduleColumns,
  lastRun: sql<LastRun | null>`(
    select json_build_object('reportId', r.public_id, 'period', r.period, 'status', r.status,
      'createdAt', ${iso("r.created_at")})
    from site.reports r
    where r.schedule_id = ${reportSchedules.id} and r.period not like 'test-%' and r.deleted_at is null
    order by r.id desc limit 1)`,
  lastDay: sql<string | null>`(
    select r.period from site.reports r
    where r.schedule_id = ${reportSchedules.id} and r.period < 'a' order by r.period desc limit 1)`,
};
