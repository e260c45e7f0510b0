import type { Report } from "#contract/reports.ts";
import type { ReportKind } from "#core/report/report-model.ts";
import type { CampaignName } from "#db/queries/campaigns/find-campaign.ts";
import type { ReportOptions } from "#db/queries/reports/report-options.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";
import {
  discardReport,
  insertReport,
  type NewDelivery,
  type NewReport,
} from "#db/queries/reports/write-report.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { noteChange } from "#usecases/campaigns/note-change.ts";
import type { Deps } from "#usecases/deps.ts";
import { showReport } from "./show-report.ts";

export type OrderDeps = Pick<Deps, "databases" | "clock" | "ids" | "workQueue" | "log">;

export type ReportOrder = {
  principal: Principal;
  order: {
    kind: ReportKind;
    title: string;
    /** Null: all sites of the account. */
    site: { siteId: number; publicId: string; name: string } | null;
    campaigns: readonly Pick<CampaignName, "id" | "publicId" | "name">[];
    options: ReportOptions;
  };
  recipients: readonly string[];
  /** The report that is worked out anew. */
  original: { id: number; publicId: string } | null;
};

/**
 * Writes a report down and tells the queue. A report that no message asks for would stay pending for ever: it is taken
 * back, and may be ordered again.
 */
export async function orderReport(deps: OrderDeps, ordered: ReportOrder): Promise<Report> {
  const { principal, order, recipients } = ordered;
  const { accountId, database } = principal;
  const report = newReport(deps, ordered);
  const deliveries: NewDelivery[] = recipients.map((recipient) => ({
    publicId: deps.ids.publicId("dlv", report.createdAt),
    recipient,
  }));
  const db = deps.databases.named(database);
  await insertReport(db, { report, deliveries });
  try {
    await deps.workQueue.send({ v: 1, kind: "build-report", database, reportId: report.publicId });
  } catch (error) {
    await discardReport(db, { accountId, publicId: report.publicId });
    throw error;
  }
  await noteChange(deps, principal, {
    action: "report.create",
    subject: report.publicId,
    detail: { site: order.site?.publicId ?? null, kind: order.kind, recipients: deliveries.length },
  });
  return showReport(pendingRecord(report, { ordered, deliveries }));
}

function newReport(deps: OrderDeps, { principal, order, original }: ReportOrder): NewReport {
  const createdAt = deps.clock.now();
  return {
    publicId: deps.ids.publicId("rep", createdAt),
    accountId: principal.accountId,
    siteId: order.site?.siteId ?? null,
    campaignIds: order.campaigns.map(({ id }) => id),
    kind: order.kind,
    title: order.title,
    options: order.options,
    recomputeOf: original?.id ?? null,
    createdBy: principal.kind === "user" ? principal.userId : null,
    createdAt,
  };
}

function pendingRecord(
  report: NewReport,
  { ordered, deliveries }: { ordered: ReportOrder; deliveries: readonly NewDelivery[] },
): ReportRecord {
  const { order, original } = ordered;
  return {
    ...NOT_BUILT,
    ...report,
    kind: order.kind,
    sitePublicId: order.site?.publicId ?? null,
    siteName: order.site?.name ?? null,
    campaigns: order.campaigns.map(({ publicId, name }) => ({ id: publicId, name })),
    recomputeOf: original?.publicId ?? null,
    deliveries: deliveries.map((delivery) => ({ ...NOT_SENT, ...delivery })),
  };
}

const NOT_BUILT = {
  id: 0,
  scheduleId: null,
  schedulePublicId: null,
  scheduleName: null,
  period: null,
  status: "pending",
  failure: null,
  dataVersion: null,
  modelKey: null,
  modelBytes: null,
  runKey: null,
  pdfKey: null,
  pdfBytes: null,
  csvKey: null,
  csvBytes: null,
  xlsxKey: null,
  xlsxBytes: null,
  replacedGlyphs: null,
  readyAt: null,
  expiredAt: null,
} as const;

const NOT_SENT = {
  status: "pending",
  failureKind: null,
  failure: null,
  attempts: 0,
  sentAt: null,
  bouncedAt: null,
  complainedAt: null,
  nextAttemptAt: null,
} as const;
