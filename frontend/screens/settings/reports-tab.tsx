import "./reports-tab.css";

import type { ReportSettings } from "#contract/report-settings.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Card } from "#frontend/parts/card.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { AddressesCard } from "./addresses-card.tsx";
import { ReportLookForm } from "./report-look-form.tsx";

/** How the account's reports look, how long they are kept, and who may get them. */
export function ReportsTab() {
  const resource = useResource<ReportSettings>(reportPaths.settings);
  return (
    <>
      <Loaded resource={resource} what="The settings of reports" skeleton={<FormSkeleton />}>
        {(settings) => <ReportLookForm settings={settings} />}
      </Loaded>
      <AddressesCard />
    </>
  );
}

function FormSkeleton() {
  return (
    <Card title="How reports look">
      <Skeleton label="settings of reports">
        <Bone height={320} />
      </Skeleton>
    </Card>
  );
}
