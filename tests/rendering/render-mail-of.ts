import type { ReportModel } from "#core/report/report-model.ts";
import type { RenderedMail } from "#rendering/mail/mail-layout.ts";
import { renderReportMail } from "#rendering/mail/render-report-mail.ts";
import type { ReportMailFacts } from "#rendering/mail/render-report-mail.ts";

/** A report mail with usual facts around the model. */
export function renderMailOf(model: ReportModel, changes: Partial<ReportMailFacts> = {}): RenderedMail {
  return renderReportMail({
    model,
    sender: "Ada Lovelace",
    schedule: null,
    subject: null,
    note: null,
    reportUrl: "https://app.waymark.example/reports/rep_1?a=1&b=2",
    attached: ["pdf"],
    linked: null,
    unsubscribeUrl: "https://app.waymark.example/unsubscribe?token=u&x=1",
    preferencesUrl: "https://app.waymark.example/mail-preferences?token=u",
    isTest: false,
    ...changes,
  });
}
