import type { MeterReport } from "#contract/meter-report.ts";
import * as measures from "#db/queries/operations/add-meter-report.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

/** Adds up what an isolate has measured. A second time it adds nothing. */
export async function addMeterReport(deps: Pick<Deps, "databases">, report: MeterReport): Promise<void> {
  await measures.addMeterReport(controlDatabase(deps), report);
}
