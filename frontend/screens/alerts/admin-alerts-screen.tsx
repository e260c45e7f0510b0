import type { FunctionComponent } from "preact";

import { NotFound } from "#frontend/frame/not-found.tsx";
import { Page } from "#frontend/frame/page.tsx";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { AlertTabs } from "./alert-tabs.tsx";

/** The same for whoever runs the installation. */
export const AdminAlertsScreen: FunctionComponent = () => {
  const { me } = useWorkspace();
  if (!me.superadmin) return <NotFound />;
  return (
    <Page title="Alerts" aside={<span class="muted">Of this installation</span>}>
      <AlertTabs
        path="/admin/alerts"
        view={{
          place: { kind: "operators" },
          siteName: null,
          zone: "UTC",
          mayAcknowledge: true,
          mayChange: true,
        }}
      />
    </Page>
  );
};
