import type { FunctionComponent } from "preact";
import { useRoute } from "preact-iso";

import { Page } from "#frontend/frame/page.tsx";
import { Tabs } from "#frontend/parts/tabs.tsx";
import { useHref } from "#frontend/state/links.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { ReportsPanel } from "./reports-panel.tsx";
import { SchedulesPanel } from "./schedules-panel.tsx";

/** What was made, and what makes itself. */
export const ReportsScreen: FunctionComponent = () => {
  const site = useSite();
  const href = useHref();
  const { path } = useRoute();
  const isSchedules = path === "/reports/schedules";
  return (
    <Page title="Reports">
      <Tabs
        label="Reports"
        tabs={[
          { href: href("/reports"), label: "Reports", current: !isSchedules },
          { href: href("/reports/schedules"), label: "Schedules", current: isSchedules },
          { href: href("/settings/reports"), label: "How reports look", current: false },
        ]}
      />
      {isSchedules ? <SchedulesPanel /> : <ReportsPanel key={site.id} site={site} campaign={null} />}
    </Page>
  );
};
