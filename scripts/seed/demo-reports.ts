import type { Campaign } from "#contract/campaigns.ts";
import type { CreateScheduleRequest, Schedule } from "#contract/report-schedules.ts";
import type { CreateReportRequest, Report } from "#contract/reports.ts";
import type { WaymarkClient } from "#scripts/client/waymark-client.ts";

export type DemoReports = {
  siteId: string;
  /** The one whose sponsor gets a report. */
  sponsored: Campaign;
  /** Who gets the mails; null where they would leave this machine for an address that is made up. */
  recipient: string | null;
};

/** What a newcomer finds under Reports: two that are made, and, where mail is caught, one that comes every Monday. */
export async function addDemoReports(
  client: WaymarkClient,
  { siteId, sponsored, recipient }: DemoReports,
): Promise<void> {
  const roi: CreateReportRequest = { kind: "roi", siteId, period: "last_30_days", compare: "previous" };
  const sponsor: CreateReportRequest = {
    kind: "sponsor",
    siteId,
    campaignIds: [sponsored.id],
    preparedFor: "Morning Hours",
    period: "last_30_days",
    ...(recipient !== null && { recipients: [recipient] }),
  };
  await client.request<Report>("POST", "/reports", roi);
  await client.request<Report>("POST", "/reports", sponsor);
  if (recipient === null) return;
  const monday: CreateScheduleRequest = {
    name: "The week, for the shop's owner",
    kind: "executive-summary",
    siteId,
    cadence: "weekly",
    weekday: 1,
    hour: 8,
    recipients: [recipient],
    formats: ["pdf", "xlsx"],
    skipEmpty: true,
  };
  await client.request<Schedule>("POST", "/report-schedules", monday);
}
