import { markReportFailed } from "#db/queries/reports/write-report.ts";
import type { Deps } from "#usecases/deps.ts";
import type { BuildReportInput } from "./build-report.ts";

const REASON = "It could not be built in several attempts; please make it again";

/** After the last attempt: a pending report is failed, and so are its mails. One that is ready stays so. */
export async function giveUpReport(
  deps: Pick<Deps, "databases">,
  { database, reportId }: BuildReportInput,
): Promise<void> {
  await markReportFailed(deps.databases.named(database), { publicId: reportId, failure: REASON });
}
