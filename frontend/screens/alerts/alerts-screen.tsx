import type { FunctionComponent } from "preact";

import { Page } from "#frontend/frame/page.tsx";
import { useSite } from "#frontend/state/use-site.ts";
import { canAdmin, canEdit, useWorkspace } from "#frontend/state/workspace.ts";
import { AlertTabs } from "./alert-tabs.tsx";

/** What is wrong with the account's sites, the rules that say so, and where it is told. */
export const AlertsScreen: FunctionComponent = () => {
  const site = useSite();
  const { me } = useWorkspace();
  return (
    <Page title="Alerts">
      <AlertTabs
        key={site.id}
        path="/alerts"
        view={{
          place: { kind: "account", siteId: site.id },
          siteName: site.name,
          zone: site.timeZone,
          mayAcknowledge: canEdit(me),
          mayChange: canAdmin(me),
        }}
      />
    </Page>
  );
};
