/** Files of a report. */
export const REPORT_FORMATS = ["pdf", "xlsx", "csv", "json"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
