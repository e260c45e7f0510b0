import type { ErrorTracker } from "#platform/error-tracker.ts";
import type { FetchRatesFile } from "#platform/rates-file.ts";
import type { SpillAge } from "#platform/spill-age.ts";
import type { SpilledBodies } from "#platform/spilled-bodies.ts";
import type { DeliverAlertDeps } from "#usecases/alerts/deliver-alert.ts";
import type { BuildReportDeps } from "#usecases/reports/build-report.ts";
import type { AskAddressDeps } from "#usecases/delivery/ask-address.ts";
import type { DeliverReportDeps } from "#usecases/delivery/delivery-deps.ts";
import type { Deps } from "#usecases/deps.ts";

/** What the jobs Worker's consumers and crons reach outside for. */
export type JobsDeps = Deps &
  BuildReportDeps &
  DeliverReportDeps &
  AskAddressDeps &
  DeliverAlertDeps & {
    spilled: SpilledBodies;
    spillAge: SpillAge;
    errorTracker: ErrorTracker | null;
    /** Null: no address is configured. */
    fetchRatesFile: FetchRatesFile | null;
  };
