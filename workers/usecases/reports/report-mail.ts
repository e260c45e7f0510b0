import { reportFileName } from "#core/report/report-file-name.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Database } from "#db/database.ts";
import type { DeliveryWork } from "#db/queries/reports/deliveries.ts";
import { findReportWork } from "#db/queries/reports/find-report.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";
import type { MailMessage } from "#platform/mailer.ts";
import type { RenderedMail } from "#rendering/mail/mail-layout.ts";
import type { ReportMailFacts } from "#rendering/mail/render-report-mail.ts";
import type { Deps } from "#usecases/deps.ts";
import { readModel } from "./stored-model.ts";

export type MailDeps = Pick<Deps, "reportStore" | "settings"> & {
  renderReportMail: (facts: ReportMailFacts) => RenderedMail;
};

export type ReportMail = {
  message: MailMessage;
  /** Who ordered the report; null for a program. */
  userId: number | null;
};

export type MailObstacle = { kind: "not_built" } | { kind: "undeliverable"; reason: string };

/**
 * The mail of a delivery. It is made of what was kept when the report was ordered and built and of nothing else, so
 * that a retry is the same mail to the byte: the provider refuses another one under the same key.
 */
export async function composeReportMail(
  deps: MailDeps,
  db: Database,
  { reportPublicId, recipient }: Pick<DeliveryWork, "reportPublicId" | "recipient">,
): Promise<Result<ReportMail, MailObstacle>> {
  const work = await findReportWork(db, reportPublicId);
  if (work === null || work.deletedAt !== null)
    return undeliverable("The report was deleted before it was sent");
  const { report } = work;
  if (report.status === "failed") return undeliverable("The report could not be built");
  if (report.status === "pending") return fail({ kind: "not_built" });

  const model = report.modelKey === null ? null : await readModel(deps.reportStore, report.modelKey);
  const file = report.pdfKey === null ? null : await deps.reportStore.get(report.pdfKey);
  if (model === null || file === null) return undeliverable("The report's files are gone");

  const { sender, note, memberRecipients, from, to } = report.options;
  const isMember = memberRecipients.includes(recipient);
  const reportUrl = isMember ? reportAddress(deps.settings.appOrigin, report) : null;
  const { subject, html, text } = deps.renderReportMail({
    model,
    sender,
    note,
    reportUrl,
    hasAttachment: true,
  });
  const attachment = {
    filename: reportFileName({ title: report.title, from, to, extension: "pdf" }),
    contentType: "application/pdf",
    bytes: await file.bytes(),
  };
  const message = { to: recipient, subject, html, text, attachments: [attachment] };
  return ok({ message, userId: report.createdBy });
}

function undeliverable(reason: string): Result<never, MailObstacle> {
  return fail({ kind: "undeliverable", reason });
}

/** The dashboard's page of the reports, of the campaign's where there is one. */
function reportAddress(appOrigin: string, report: ReportRecord): string {
  const page =
    report.campaignPublicId === null ? "/reports" : `/campaigns/${report.campaignPublicId}/reports`;
  return `${appOrigin}${page}?site=${report.sitePublicId}`;
}
