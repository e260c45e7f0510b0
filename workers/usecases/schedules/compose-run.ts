import { DEFAULT_LOCALES } from "#core/report/report-defaults.ts";
import { sendingRange } from "#core/report/sending-range.ts";
import type { Sending } from "#core/report/schedule-times.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { ReportOptions } from "#db/queries/reports/report-options.ts";
import type { ReportSite } from "#db/queries/reports/report-sites.ts";
import type { Run } from "#db/queries/schedules/begin-runs.ts";
import type { RunAccount } from "#db/queries/schedules/run-accounts.ts";
import type { ScheduleRecord } from "#db/queries/schedules/schedule-record.ts";
import type { Deps } from "#usecases/deps.ts";
import { showReportSettings } from "#usecases/report-settings/load-report-settings.ts";
import {
  creditOf,
  settleOrder,
  type OrderRefusal,
  type ResolvedOrder,
} from "#usecases/reports/settle-order.ts";

export type RunFacts = {
  schedule: ScheduleRecord;
  database: string;
  /** Null: it is not there any more. */
  account: RunAccount | null;
  /** All of the account. */
  sites: readonly ReportSite[];
  now: Date;
};

export type RunOrder = {
  /** The time it is for; `day` is what its days are counted back from. */
  sending: Sending;
  /** Names it among the runs of its schedule. */
  period: string;
  recipients: readonly string[];
  createdBy: number | null;
  isTest: boolean;
};

/**
 * The report that a schedule makes at a time, with a delivery for each recipient. A schedule that no report can be made of
 * makes one that has failed, and says why.
 */
export function composeRun(ids: Deps["ids"], facts: RunFacts, order: RunOrder): Run {
  const { schedule, now } = facts;
  const settled = settleRun(facts, order);
  return {
    scheduleId: schedule.id,
    report: {
      publicId: ids.publicId("rep", now),
      accountId: schedule.accountId,
      siteId: schedule.siteId,
      campaignIds: schedule.campaignIds,
      kind: schedule.kind,
      title: settled.ok ? settled.value.title : schedule.name,
      options: settled.ok ? optionsOf(settled.value, facts, order) : brokenOptions(facts, order),
      recomputeOf: null,
      createdBy: order.createdBy,
      createdAt: now,
      period: order.period,
      failure: settled.ok ? null : settled.error,
    },
    deliveries: order.recipients.map((recipient) => ({ publicId: ids.publicId("dlv", now), recipient })),
  };
}

/** Whom a schedule's reports go to; an address that never agreed is settled when its mail is to be sent. */
export function activeRecipients({ recipients }: Pick<ScheduleRecord, "recipients">): string[] {
  return recipients.flatMap(({ address, unsubscribedAt }) => (unsubscribedAt === null ? [address] : []));
}

function settleRun(facts: RunFacts, order: RunOrder): Result<ResolvedOrder, string> {
  const { schedule, account, sites, database, now } = facts;
  if (account === null) return fail("The account is not there any more");
  const site = sites.find(({ siteId }) => siteId === schedule.siteId);
  if (schedule.siteId !== null && site === undefined) return fail(REASONS.site_not_found);
  const { campaigns, campaignIds, content, formats, subject, note, kind } = schedule;
  if (campaigns.length < campaignIds.length) return fail(REASONS.unknown_campaign);
  if (campaigns.length > 0 && campaigns.every(({ isArchived }) => isArchived)) {
    return fail("The campaigns it is about are archived");
  }

  const asker = {
    accountId: account.id,
    accountName: account.name,
    database,
    sender: senderOf(account, schedule),
  };
  const question = {
    ...content,
    ...rangeOf(facts, order),
    kind,
    siteId: site?.publicId,
    campaignIds: campaigns.map(({ publicId }) => publicId),
    formats,
    subject,
    note,
  };
  const settings = showReportSettings(account.settings);
  const settled = settleOrder(asker, question, { sites, campaigns, settings, nowMs: now.getTime() });
  return settled.ok ? ok(settled.value) : fail(REASONS[settled.error.kind]);
}

/** As readers of the report are told. */
const REASONS: Readonly<Record<OrderRefusal["kind"], string>> = {
  site_not_found: "The site is not there any more",
  site_missing: "Only an executive summary can be of all sites",
  unknown_campaign: "A campaign it is about is not there any more",
  campaigns_missing: "A sponsor report needs at least one campaign",
  campaigns_of_account: "A report of all sites can be of no campaign in particular",
  range_missing: "Its days are not known",
  invalid_range: "Its days are not valid",
  unknown_currency: "Its currency is not known",
  unknown_locale: "Its number format is not known",
};

function rangeOf({ schedule, sites }: RunFacts, { sending }: RunOrder): { from: string; to: string } {
  const ofReport = sites.filter(({ siteId }) => schedule.siteId === null || siteId === schedule.siteId);
  const zones = ofReport.map(({ timeZone }) => timeZone);
  return sendingRange(sending, schedule.covers, zones);
}

function optionsOf(
  { options }: ResolvedOrder,
  { account, schedule }: RunFacts,
  { recipients, isTest }: RunOrder,
): ReportOptions {
  const members = new Set(account?.members.map(({ email }) => email));
  return {
    ...options,
    memberRecipients: recipients.filter((recipient) => members.has(recipient)),
    // Who asks for a test wants to see what it looks like.
    skipEmpty: schedule.skipEmpty && !isTest,
    isTest,
  };
}

/** Who made the schedule, as long as they are a member. */
function senderOf({ name, members }: RunAccount, { createdBy }: ScheduleRecord): string {
  return members.find(({ userId }) => userId === createdBy)?.name ?? name;
}

/** Of a report that is never built: only what lists show of it counts. */
function brokenOptions(facts: RunFacts, order: RunOrder): ReportOptions {
  const { content, formats } = facts.schedule;
  const { language = "en" } = content;
  return {
    ...rangeOf(facts, order),
    ...creditOf(content),
    sections: [],
    language,
    locale: DEFAULT_LOCALES[language],
    currency: content.currency ?? null,
    branding: { logoKey: null, accent: null, footer: null },
    accountName: facts.account?.name ?? "",
    preparedFor: null,
    formats,
    subject: null,
    note: null,
    sender: "",
    memberRecipients: [],
    skipEmpty: false,
    isTest: order.isTest,
  };
}
