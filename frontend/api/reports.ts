import type { CreateReportRequest, Delivery, Report } from "#contract/reports.ts";
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

/** Sends a mail once more that failed, or of which nobody knows. After further attempts that is another wish. */
export async function resendDelivery({ id, attempts }: Pick<Delivery, "id" | "attempts">): Promise<void> {
  await call<void>({ method: "POST", path: `/report-deliveries/${id}/resend`, round: attempts });
  invalidate("/reports", `/report-deliveries/${id}`);
}
