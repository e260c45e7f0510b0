import type { CreateShareRequest, NewShare, SharedReport } from "#contract/report-shares.ts";
import { call, invalidate } from "./client.ts";
import { reportPaths } from "./report-paths.ts";

/** The answer holds the link, which is told this once. */
export async function createShare(reportId: string, body: CreateShareRequest): Promise<NewShare> {
  const share = await call<NewShare>({ method: "POST", path: reportPaths.shares(reportId), body });
  invalidate(reportPaths.shares(reportId));
  return share;
}

export async function revokeShare(reportId: string, shareId: string): Promise<void> {
  await call<void>({ method: "DELETE", path: `/report-shares/${shareId}` });
  invalidate(reportPaths.shares(reportId));
}

/** Opens a link that has a password. */
export async function openShare(token: string, password: string): Promise<SharedReport> {
  return await call<SharedReport>({ method: "POST", path: reportPaths.shared(token), body: { password } });
}
