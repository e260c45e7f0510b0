import type { ReportFormat } from "#core/report/report-format.ts";
import { fileHref, withParams, type Params } from "./client.ts";

/** Every address of the API that is about reports. */
export const reportPaths = {
  reports: (query: Params = {}) => withParams("/reports", query),
  report: (reportId: string) => `/reports/${reportId}`,
  model: (reportId: string) => `/reports/${reportId}/model`,
  comparison: (reportId: string, withId: string | null) =>
    withParams(`/reports/${reportId}/comparison`, { with: withId }),
  file: (reportId: string, format: ReportFormat) =>
    fileHref(`/reports/${reportId}/download?format=${format}`),
  delivery: (deliveryId: string) => `/report-deliveries/${deliveryId}`,
  shares: (reportId: string) => `/reports/${reportId}/shares`,
  schedules: (query: Params = {}) => withParams("/report-schedules", query),
  schedule: (scheduleId: string) => `/report-schedules/${scheduleId}`,
  settings: "/report-settings",
  logo: (logoId: string) => fileHref(`/report-logos/${logoId}`),
  addresses: (query: Params = {}) => withParams("/report-addresses", query),
  shared: (token: string) => `/shared/${token}`,
  sharedModel: (token: string) => `/shared/${token}/model`,
  sharedFile: (token: string, format: ReportFormat) => fileHref(`/shared/${token}/download?format=${format}`),
  sharedLogo: (token: string) => fileHref(`/shared/${token}/logo`),
  subscription: (token: string) => `/unsubscribe/${token}`,
} as const;
