import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import { ReportsPanel } from "#frontend/screens/reports/reports-panel.tsx";

/** Reports about this campaign. */
export function ReportsTab({ campaign, site }: { campaign: Campaign; site: Site }) {
  return <ReportsPanel site={site} campaign={campaign} />;
}
