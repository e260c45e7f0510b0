import { Page } from "#frontend/frame/page.tsx";
import { useSite } from "#frontend/state/use-site.ts";
import { ReportsPanel } from "./reports-panel.tsx";

/** All reports of the site, those on one campaign too. */
export function ReportsScreen() {
  const site = useSite();
  return (
    <Page title="Reports">
      <ReportsPanel key={site.id} site={site} campaign={null} />
    </Page>
  );
}
