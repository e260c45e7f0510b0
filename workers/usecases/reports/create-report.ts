import type { CreateReportRequest, Report } from "#contract/reports.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { daysBetween } from "#core/time/site-day.ts";
import {
  discardReport,
  insertReport,
  type NewDelivery,
  type NewReport,
} from "#db/queries/reports/write-report.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { MAX_RANGE_DAYS } from "#usecases/analytics/analytics-input.ts";
import { findCampaign, type FoundCampaign } from "#usecases/campaigns/find-campaign.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import type { Deps } from "#usecases/deps.ts";
import { findSite } from "#usecases/sites/find-site.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { checkRecipients, type CheckedRecipients, type EmailUnconfirmed } from "./check-recipients.ts";
import { showReport } from "./show-report.ts";

const DEFAULT_LOOKBACK_DAYS = 30;

export type CreateReportDeps = Pick<Deps, "databases" | "clock" | "ids" | "workQueue" | "log">;
export type CreateReportInput = { principal: Principal; request: CreateReportRequest };
export type CreateReportRefusal =
  | { kind: "site_not_found" }
  | { kind: "unknown_campaign"; campaignId: string }
  | { kind: "invalid_range"; from: string; to: string }
  | EmailUnconfirmed;

/** Orders a report: it is built by a queue, then mailed to the recipients. */
export async function createReport(
  deps: CreateReportDeps,
  { principal, request }: CreateReportInput,
): Promise<Result<Report, CreateReportRefusal>> {
  const scope = await scopeOf(deps, { principal, request });
  if (!scope.ok) return scope;
  const { site, campaign } = scope.value;
  const { from, to } = request;
  if (to < from || daysBetween(from, to) >= MAX_RANGE_DAYS) return fail({ kind: "invalid_range", from, to });
  const recipients = await checkRecipients(deps, principal, request.recipients ?? []);
  if (!recipients.ok) return recipients;

  const order = { principal, request, site, campaign, recipients: recipients.value };
  const report = newReport(deps, order);
  const deliveries: NewDelivery[] = recipients.value.all.map((recipient) => ({
    publicId: deps.ids.publicId("dlv", report.createdAt),
    recipient,
  }));
  await writeAndEnqueue(deps, site, { report, deliveries });
  await noteChange(deps, principal, {
    action: "report.create",
    subject: report.publicId,
    detail: { site: site.publicId, recipients: deliveries.length },
  });
  return ok(shown(report, { site, campaign, deliveries }));
}

type Scope = { site: SiteRef; campaign: FoundCampaign["campaign"] | null };

async function scopeOf(
  deps: CreateReportDeps,
  { principal, request: { siteId, campaignId } }: CreateReportInput,
): Promise<Result<Scope, CreateReportRefusal>> {
  const site = await findSite(deps, principal, siteId);
  if (site === null) return fail({ kind: "site_not_found" });
  if (campaignId === undefined) return ok({ site, campaign: null });
  const found = await findCampaign(deps, principal, campaignId);
  return found?.site.siteId === site.siteId
    ? ok({ site, campaign: found.campaign })
    : fail({ kind: "unknown_campaign", campaignId });
}

type Order = Scope & CreateReportInput & { recipients: CheckedRecipients };

function newReport(deps: CreateReportDeps, order: Order): NewReport {
  const { principal, request, site, campaign } = order;
  const createdAt = deps.clock.now();
  return {
    publicId: deps.ids.publicId("rep", createdAt),
    siteId: site.siteId,
    campaignId: campaign?.id ?? null,
    kind: "campaign-performance",
    title: request.title || `${campaign?.name ?? site.name}: performance`,
    options: optionsOf(order),
    createdBy: principal.kind === "user" ? principal.userId : null,
    createdAt,
  };
}

function optionsOf({ principal, request, recipients }: Order): NewReport["options"] {
  return {
    from: request.from,
    to: request.to,
    model: request.model ?? "last",
    lookbackDays: request.lookback ?? DEFAULT_LOOKBACK_DAYS,
    direct: request.direct ?? "keep",
    compare: request.compare ?? "previous",
    preparedFor: request.preparedFor || null,
    note: request.note || null,
    sender: principal.kind === "user" ? principal.name : principal.accountName,
    memberRecipients: recipients.members,
  };
}

type Written = { report: NewReport; deliveries: NewDelivery[] };

/** A report that no message asks for would stay pending for ever: it is taken back, and may be ordered again. */
async function writeAndEnqueue(deps: CreateReportDeps, site: SiteRef, written: Written): Promise<void> {
  const db = deps.databases.named(site.database);
  const { publicId } = written.report;
  await insertReport(db, written);
  try {
    await deps.workQueue.send({ v: 1, kind: "build-report", database: site.database, reportId: publicId });
  } catch (error) {
    await discardReport(db, { siteId: site.siteId, publicId });
    throw error;
  }
}

function shown(
  report: NewReport,
  { site, campaign, deliveries }: Scope & Pick<Written, "deliveries">,
): Report {
  return showReport({
    ...report,
    id: 0,
    sitePublicId: site.publicId,
    campaignPublicId: campaign?.publicId ?? null,
    campaignName: campaign?.name ?? null,
    status: "pending",
    failure: null,
    modelKey: null,
    pdfKey: null,
    pdfBytes: null,
    csvKey: null,
    csvBytes: null,
    replacedGlyphs: null,
    deliveries: deliveries.map((delivery) => ({
      ...delivery,
      status: "pending",
      failure: null,
      sentAt: null,
    })),
    readyAt: null,
  });
}
