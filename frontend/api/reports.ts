import type { CreateReportRequest, Report } from "#contract/reports.ts";
import { call, invalidate } from "./client.ts";

export async function createReport(body: CreateReportRequest): Promise<Report> {
  const report = await call<Report>({ method: "POST", path: "/reports", body });
  invalidate("/reports");
  return report;
}

export async function deleteReport(reportId: string): Promise<void> {
  await call<void>({ method: "DELETE", path: `/reports/${reportId}` });
  // The lists alone: a page that still shows the report must not ask for it again.
  invalidate("/reports?");
}

/** The same question on the data of now, as a report of its own. */
export async function recomputeReport(reportId: string): Promise<Report> {
  const report = await call<Report>({ method: "POST", path: `/reports/${reportId}/recompute`, body: {} });
  invalidate("/reports");
  return report;
}

/** Sends a mail once more that failed, or of which nobody knows. */
export async function resendDelivery(deliveryId: string): Promise<void> {
  await call<void>({ method: "POST", path: `/report-deliveries/${deliveryId}/resend` });
  invalidate("/reports", `/report-deliveries/${deliveryId}`);
}
