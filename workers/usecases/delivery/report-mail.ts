import type { ReportModel } from "#core/report/report-model.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { DeliveryWork } from "#db/queries/deliveries/find-delivery.ts";
import { findReportWork, type ReportWork } from "#db/queries/reports/find-report.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";
import type { MailMessage } from "#platform/mail/mailer.ts";
import type { ReportMailFacts } from "#rendering/mail/render-report-mail.ts";
import { shareForDelivery } from "#usecases/report-shares/share-for-delivery.ts";
import { readModel } from "#usecases/reports/stored-model.ts";
import type { DeliverReportDeps } from "./delivery-deps.ts";
import { listUnsubscribe, type ListUnsubscribe } from "./list-unsubscribe.ts";
import type { Obstacle } from "./recipient-gate.ts";
import { attachmentsOf, filesOf, fits, linkedParcel, type FormatFile, type Parcel } from "./report-parcel.ts";

export type ReportMail = {
  message: MailMessage;
  /** Who ordered the report; null for a program. */
  userId: number | null;
};

export type MailInput = { database: string; delivery: DeliveryWork };

/**
 * The mail of a delivery; `not_built`: there is none yet. It is made of what was kept when the report was ordered and
 * built and of nothing else, so that a retry is the same mail to the byte: the provider refuses another one under the
 * same key.
 */
export async function composeReportMail(
  deps: DeliverReportDeps,
  { database, delivery }: MailInput,
): Promise<Result<ReportMail, Obstacle> | "not_built"> {
  const work = await findReportWork(deps.databases.named(database), delivery.reportPublicId);
  if (work?.report.status === "pending" && work.deletedAt === null) return "not_built";
  const kept = await keptParts(deps, work);
  if (!kept.ok) return kept;
  const { report, model, files } = kept.value;

  const isMember = report.options.memberRecipients.includes(delivery.recipient);
  const reportUrl = `${deps.settings.appOrigin}/reports/${report.publicId}`;
  const parcel = await parcelOf(deps, { database, delivery, report, files, reportUrl, isMember });
  const attachments = await attachmentsOf(deps, report, parcel.attached);
  if (attachments === null) return fail(FILES_GONE);

  const unsubscribe = await listUnsubscribe(deps, delivery);
  const memberUrl = isMember ? reportUrl : null;
  const mail = deps.renderReportMail(mailFacts({ report, model, parcel, memberUrl, unsubscribe }));
  const message: MailMessage = {
    to: delivery.recipient,
    ...mail,
    headers: unsubscribe.headers,
    reference: delivery.publicId,
    ...(attachments.length === 0 ? {} : { attachments }),
  };
  return ok({ message, userId: report.createdBy });
}

type Packed = MailInput & { report: ReportRecord; files: FormatFile[]; reportUrl: string; isMember: boolean };

/** What goes along and what is linked: for members in the dashboard, for others by a link of their own. */
async function parcelOf(deps: DeliverReportDeps, packed: Packed): Promise<Parcel> {
  const { database, delivery, report, files, reportUrl, isMember } = packed;
  if (fits(deps.mailer, files)) return { attached: files, linked: null };
  if (isMember) return linkedParcel(files, reportUrl, null);
  const { url, endsOn } = await shareForDelivery(deps, { database, delivery, reportId: report.id });
  return linkedParcel(files, url, endsOn);
}

const GONE: Obstacle = { kind: "deleted", reason: "The report was deleted before it was sent" };
const FILES_GONE: Obstacle = { kind: "files_gone", reason: "The report's files are gone" };

type KeptParts = { report: ReportRecord; model: ReportModel; files: FormatFile[] };

/** What was kept of the report when it was built. */
async function keptParts(
  deps: DeliverReportDeps,
  work: ReportWork | null,
): Promise<Result<KeptParts, Obstacle>> {
  if (work === null || work.deletedAt !== null) return fail(GONE);
  const { report } = work;
  if (report.status !== "ready") return fail({ kind: "not_built", reason: "The report could not be built" });
  if (report.expiredAt !== null || report.modelKey === null) return fail(FILES_GONE);
  const model = await readModel(deps.reportStore, report.modelKey);
  const files = filesOf(report);
  return model === null || files === null ? fail(FILES_GONE) : ok({ report, model, files });
}

type MailParts = {
  report: ReportRecord;
  model: ReportModel;
  parcel: Parcel;
  memberUrl: string | null;
  unsubscribe: ListUnsubscribe;
};

function mailFacts({ report, model, parcel, memberUrl, unsubscribe }: MailParts): ReportMailFacts {
  const { sender, note, subject, isTest } = report.options;
  return {
    model,
    sender,
    note,
    subject,
    isTest,
    schedule: report.scheduleName,
    reportUrl: memberUrl,
    attached: parcel.attached.map(({ format }) => format),
    linked: parcel.linked,
    unsubscribeUrl: unsubscribe.pageUrl,
    preferencesUrl: unsubscribe.pageUrl,
  };
}
