import type { Context } from "hono";

import type { CompareReportsFailure } from "#usecases/reports/compare-reports.ts";
import type { CreateReportRefusal } from "#usecases/reports/create-report.ts";
import type { DownloadRefusal } from "#usecases/reports/download-report.ts";
import { problem } from "./problem.ts";

export type ReportRefusal = CreateReportRefusal | DownloadRefusal | CompareReportsFailure;

/** Every way in which a report is refused, as the API says it. */
export function refuseReport(c: Context, refusal: ReportRefusal): Response {
  switch (refusal.kind) {
    case "site_not_found":
      return problem(c, "not_found", { detail: "There is no such site" });
    case "unknown_campaign":
      return problem(c, "not_found", { detail: "This site has no such campaign" });
    case "report_not_found":
      return problem(c, "not_found", { detail: "There is no such report" });
    case "email_unconfirmed":
      return problem(c, "email_unconfirmed", {
        detail: `To mail to ${refusal.outside.join(", ")}, confirm your own address first: the link is in your mailbox`,
      });
    case "report_not_ready":
      return problem(c, "report_not_ready", { detail: NOT_READY[refusal.status](refusal.failure) });
    case "report_expired":
      return problem(c, "report_expired", {
        detail: "Its files were kept as long as the account's settings say; order the report again",
      });
    case "nothing_to_compare":
      return problem(c, "nothing_to_compare", {
        detail: "Name a report in with: this one is not worked out anew from another",
      });
    case "not_comparable":
      return problem(c, "not_comparable", {
        detail: "Two reports are compared where they are of one kind and one site",
      });
    case "invalid_range":
      return problem(c, "invalid_range", {
        detail: "from is not after to, and the two span 800 days at most",
      });
    case "range_missing":
      return problem(c, "invalid_range", { detail: "Give from and to, or a period, and not both" });
    case "site_missing":
      return problem(c, "invalid_request", {
        detail: "Only an executive summary may be of all sites: name one in siteId",
      });
    case "campaigns_missing":
      return problem(c, "invalid_request", {
        detail: "A sponsor report is of the campaigns that were paid for: name them in campaignIds",
      });
    case "campaigns_of_account":
      return problem(c, "invalid_request", {
        detail: "A report of some campaigns is of their site: name it in siteId",
      });
    case "unknown_currency":
      return problem(c, "invalid_currency", { detail: `${refusal.currency} is no currency of ISO 4217` });
    case "unknown_locale":
      return problem(c, "invalid_request", {
        detail: `${refusal.locale} is no language and region that numbers can be written for`,
      });
  }
}

const NOT_READY = {
  pending: () => "The report is still being built",
  skipped: () => "Nothing happened in its days, and then its schedule sends nothing",
  failed: (failure: string | null) => `The report could not be built: ${failure ?? "no reason is known"}`,
} as const;
