import type { DirectRule } from "#core/attribution/options.ts";
import type { Model } from "#core/attribution/models.ts";
import type { Comparison } from "#core/report/comparison-range.ts";
import type { ReportFormat } from "#core/report/report-format.ts";
import { sectionsOf } from "#core/report/report-defaults.ts";
import {
  REPORT_KINDS,
  type ReportBranding,
  type ReportLanguage,
  type ReportSection,
} from "#core/report/report-model.ts";

/**
 * What was asked for, with everything that the order left open settled: a report built later, or again, answers the same
 * question and looks the same.
 */
export type ReportOptions = {
  /** Closed range of the site's days. */
  from: string;
  to: string;
  model: Model;
  lookbackDays: number;
  direct: DirectRule;
  compare: Comparison;
  sections: ReportSection[];
  language: ReportLanguage;
  /** BCP 47. */
  locale: string;
  /** Null: the site's, or what most sites of the account have. */
  currency: string | null;
  branding: ReportBranding;
  accountName: string;
  preparedFor: string | null;
  /** Files that are attached to the mail. */
  formats: ReportFormat[];
  /** Null: as the kind and the language say. */
  subject: string | null;
  note: string | null;
  /** Who had it sent, as the reader knows them. */
  sender: string;
  /** The recipients who were members then: their mail leads to the dashboard. Kept, because a retry must be the same mail. */
  memberRecipients: string[];
  /** No report where nothing happened. */
  skipEmpty: boolean;
  /** A schedule's test, sent to whoever asked for it. */
  isTest: boolean;
};

/** Options as they are stored: those of reports made before lack what could not be chosen then. */
export function readReportOptions(stored: unknown): ReportOptions {
  return { ...BEFORE, ...(stored as Partial<ReportOptions>) } as ReportOptions;
}

const BEFORE: Omit<ReportOptions, "from" | "to" | "model" | "lookbackDays" | "direct" | "compare"> = {
  sections: sectionsOf(REPORT_KINDS[0], { isAccount: false }),
  language: "en",
  locale: "en-GB",
  currency: null,
  branding: { logoKey: null, accent: null, footer: null },
  accountName: "",
  preparedFor: null,
  formats: ["pdf"],
  subject: null,
  note: null,
  sender: "",
  memberRecipients: [],
  skipEmpty: false,
  isTest: false,
};
