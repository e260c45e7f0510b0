import { accountPaths } from "./accounts.ts";
import { alertPaths } from "./alerts.ts";
import { adminPaths } from "./admin.ts";
import { analyticsPaths } from "./analytics.ts";
import { authPaths } from "./auth.ts";
import { campaignPaths } from "./campaigns.ts";
import { eventPaths } from "./events.ts";
import { journeyPaths } from "./journeys.ts";
import { linkPaths } from "./links.ts";
import { reportDeliveryPaths } from "./report-deliveries.ts";
import { reportPaths } from "./reports.ts";
import { reportSchedulePaths } from "./report-schedules.ts";
import { reportSharePaths } from "./report-shares.ts";
import { runPaths } from "./runs.ts";
import type { RouteDoc } from "./route-doc.ts";
import { servicePaths } from "./service.ts";
import { sitePaths } from "./sites.ts";
import { spendPaths } from "./spend.ts";
import { trackingPaths } from "./tracking.ts";
import { visitorPaths } from "./visitors.ts";

/** Every route of the API, in the order the document shows them. */
export const ALL_PATHS: readonly RouteDoc[] = [
  ...authPaths,
  ...accountPaths,
  ...sitePaths,
  ...visitorPaths,
  ...campaignPaths,
  ...spendPaths,
  ...linkPaths,
  ...eventPaths,
  ...trackingPaths,
  ...analyticsPaths,
  ...journeyPaths,
  ...runPaths,
  ...reportPaths,
  ...reportDeliveryPaths,
  ...reportSchedulePaths,
  ...reportSharePaths,
  ...alertPaths,
  ...adminPaths,
  ...servicePaths,
];
