import type { Context } from "hono";

import type { CompareReportsFailure } from "#usecases/reports/compare-reports.ts";
import type { CreateReportRefusal } from "#usecases/reports/create-report.ts";
import type { DownloadRefusal } from "#usecases/reports/download-report.ts";
import { problem } from "./problem.ts";
import type { ProblemCode } from "./problems.ts";

export type ReportRefusal = CreateReportRefusal | DownloadRefusal | CompareReportsFailure;

/** Every way in which a report is refused, as the API says it. */
export function refuseReport(c: Context, refusal: ReportRefusal): Response {
  const [code, detail] = refusalOf(refusal);
  return problem(c, code, { detail });
}

type Told = [code: ProblemCode, detail: string];

function refusalOf(refusal: ReportRefusal): Told {
  return isPlain(refusal) ? PLAIN[refusal.kind] : withFacts(refusal);
}

function isPlain(refusal: ReportRefusal): refusal is Extract<ReportRefusal, { kind: Plain }> {
  return refusal.kind in PLAIN;
}

function withFacts(refusal: Extract<ReportRefusal, { kind: Telling }>): Told {
  switch (refusal.kind) {
    case "email_unconfirmed":
      return [
        refusal.kind,
        `To mail to ${refusal.outside.join(", ")}, confirm your own address first: the link is in your mailbox`,
      ];
    case "report_not_ready":
      return [refusal.kind, NOT_READY[refusal.status](refusal.failure)];
    case "unknown_currency":
      return ["invalid_currency", `${refusal.currency} is no currency of ISO 4217`];
    case "unknown_locale":
      return [
        "invalid_request",
        `${refusal.locale} is no language and region that numbers can be written for`,
      ];
  }
}

type Telling = "email_unconfirmed" | "report_not_ready" | "unknown_currency" | "unknown_locale";
type Plain = Exclude<ReportRefusal["kind"], Telling>;

/** Those that have no facts of their own; a kind that is missing here does not compile. */
const PLAIN: Readonly<Record<Plain, Told>> = {
  site_not_found: ["not_found", "There is no such site"],
  unknown_campaign: ["not_found", "This site has no such campaign"],
  report_not_found: ["not_found", "There is no such report"],
  report_expired: [
    "report_expired",
    "Its files were kept as long as the account's settings say; order the report again",
  ],
  nothing_to_compare: [
    "nothing_to_compare",
    "Name a report in with: this one is not worked out anew from another",
  ],
  not_comparable: ["not_comparable", "Two reports are compared where they are of one kind and one site"],
  invalid_range: ["invalid_range", "from is not after to, and the two span 800 days at most"],
  range_missing: ["invalid_range", "Give from and to, or a period, and not both"],
  site_missing: ["invalid_request", "Only an executive summary may be of all sites: name one in siteId"],
  campaigns_missing: [
    "invalid_request",
    "A sponsor report is of the campaigns that were paid for: name them in campaignIds",
  ],
  campaigns_of_account: ["invalid_request", "A report of some campaigns is of their site: name it in siteId"],
};

const NOT_READY = {
  pending: () => "The report is still being built",
  skipped: () => "Nothing happened in its days, and then its schedule sends nothing",
  failed: (failure: string | null) => `The report could not be built: ${failure ?? "no reason is known"}`,
} as const;
