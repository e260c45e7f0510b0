import type { ReportFormat } from "#core/report/report-format.ts";
import { reportFileName } from "#core/report/report-file-name.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { DeliveryWork } from "#db/queries/deliveries/find-delivery.ts";
import { findReportWork } from "#db/queries/reports/find-report.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";
import type { MailAttachment, Mailer, MailMessage } from "#platform/mail/mailer.ts";
import { readModel } from "#usecases/reports/stored-model.ts";
import type { DeliverReportDeps } from "./delivery-deps.ts";
import { listUnsubscribe } from "./list-unsubscribe.ts";
import type { Obstacle } from "./recipient-gate.ts";

/** A mail with more than this is turned away or cut by many mailboxes: its files are linked. */
const MAX_ATTACHED_BYTES = 4_000_000;
/** What is left of the provider's limit for the texts of the mail. */
const TEXT_BYTES = 200_000;

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
  const db = deps.databases.named(database);
  const work = await findReportWork(db, delivery.reportPublicId);
  if (work === null || work.deletedAt !== null)
    return gone("deleted", "The report was deleted before it was sent");
  const { report } = work;
  if (report.status === "pending") return "not_built";
  if (report.status !== "ready") return gone("not_built", "The report could not be built");
  if (report.expiredAt !== null)
    return gone("files_gone", "The report's files were kept as long as the account wants");

  const model = report.modelKey === null ? null : await readModel(deps.reportStore, report.modelKey);
  const files = filesOf(report);
  if (model === null || files === null) return gone("files_gone", "The report's files are gone");
  const isMember = report.options.memberRecipients.includes(delivery.recipient);
  const reportUrl = `${deps.settings.appOrigin}/reports/${report.publicId}`;
  const parcel = parcelOf(deps.mailer, { files, isMember, reportUrl });
  if (parcel === null) return gone("too_large", "The files are too large for a mail");
  const attachments = await attachmentsOf(deps, report, parcel.attached);
  if (attachments === null) return gone("files_gone", "The report's files are gone");

  const unsubscribe = await listUnsubscribe(deps, delivery);
  const { sender, note, subject, isTest } = report.options;
  const mail = deps.renderReportMail({
    model,
    sender,
    note,
    subject,
    isTest,
    schedule: report.scheduleName,
    reportUrl: isMember ? reportUrl : null,
    attached: parcel.attached.map(({ format }) => format),
    linked: parcel.linked,
    unsubscribeUrl: unsubscribe.pageUrl,
    preferencesUrl: unsubscribe.pageUrl,
  });
  const message: MailMessage = {
    to: delivery.recipient,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: unsubscribe.headers,
    reference: delivery.publicId,
    ...(attachments.length === 0 ? {} : { attachments }),
  };
  return ok({ message, userId: report.createdBy });
}

type FormatFile = { format: ReportFormat; key: string; sizeBytes: number };

/** The files that are to go along; null when one of them was never made. */
function filesOf(report: ReportRecord): FormatFile[] | null {
  const known: Record<ReportFormat, [key: string | null, sizeBytes: number | null]> = {
    pdf: [report.pdfKey, report.pdfBytes],
    xlsx: [report.xlsxKey, report.xlsxBytes],
    csv: [report.csvKey, report.csvBytes],
    json: [report.modelKey, report.modelBytes],
  };
  const files: FormatFile[] = [];
  for (const format of report.options.formats) {
    const [key, sizeBytes] = known[format];
    if (key === null) return null;
    files.push({ format, key, sizeBytes: sizeBytes ?? 0 });
  }
  return files;
}

type Parcel = {
  attached: FormatFile[];
  linked: { formats: ReportFormat[]; url: string; endsOn: string | null } | null;
};

type ParcelFacts = { files: FormatFile[]; isMember: boolean; reportUrl: string };

/**
 * What goes along and what is linked. All files or a link for all: who gets a part of them looks for the rest. Who cannot
 * sign in gets the PDF, where that fits by itself; null when nothing does.
 */
function parcelOf(
  { maxBytes }: Pick<Mailer, "maxBytes">,
  { files, isMember, reportUrl }: ParcelFacts,
): Parcel | null {
  // Base64 writes three bytes as four.
  const room = Math.min(MAX_ATTACHED_BYTES, ((maxBytes - TEXT_BYTES) * 3) / 4);
  if (bytesOf(files) <= room) return { attached: files, linked: null };
  if (isMember) {
    return {
      attached: [],
      linked: { formats: files.map(({ format }) => format), url: reportUrl, endsOn: null },
    };
  }
  const pdf = files.filter(({ format }) => format === "pdf");
  return pdf.length > 0 && bytesOf(pdf) <= room ? { attached: pdf, linked: null } : null;
}

function bytesOf(files: readonly FormatFile[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

async function attachmentsOf(
  deps: DeliverReportDeps,
  report: ReportRecord,
  files: readonly FormatFile[],
): Promise<MailAttachment[] | null> {
  const { from, to } = report.options;
  const attachments = await Promise.all(
    files.map(async ({ key }) => {
      const file = await deps.reportStore.get(key);
      if (file === null) return null;
      const extension = key.slice(key.lastIndexOf(".") + 1);
      return {
        filename: reportFileName({ title: report.title, from, to, extension }),
        contentType: file.contentType,
        bytes: await file.bytes(),
      };
    }),
  );
  const found = attachments.filter((attachment) => attachment !== null);
  return found.length === files.length ? found : null;
}

function gone(kind: Obstacle["kind"], reason: string): Result<never, Obstacle> {
  return fail({ kind, reason });
}
