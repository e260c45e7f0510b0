import "./workbench.css";

import type { Attribution } from "#contract/attribution.ts";
import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import { AttributionControls } from "#frontend/attribution/attribution-controls.tsx";
import { ComputingState } from "#frontend/attribution/computing-state.tsx";
import { useAttributionView } from "#frontend/attribution/attribution-view.ts";
import type { AttributionView } from "#frontend/attribution/attribution-view.ts";
import { useComputed } from "#frontend/attribution/use-computed.ts";
import { Page } from "#frontend/frame/page.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { useSite } from "#frontend/state/use-site.ts";
import { AttributionTabs } from "./attribution-tabs.tsx";
import { useWorkbenchChoice } from "./use-workbench-choice.ts";
import { Workbench } from "./workbench.tsx";
import { WorkbenchBar } from "./workbench-bar.tsx";
import { WorkbenchSkeleton } from "./workbench-skeleton.tsx";

/** Who earned the conversions of the site: every model beside the others, with how sure each figure is. */
export function AttributionScreen() {
  const site = useSite();
  const view = useAttributionView(site);
  return (
    <Page title="Attribution" tools={<AttributionControls view={view} />}>
      <AttributionTabs current="workbench" />
      <Answer site={site} view={view} />
    </Page>
  );
}

function Answer({ site, view }: { site: Site; view: AttributionView }) {
  const choice = useWorkbenchChoice();
  const resource = useComputed<Attribution>(paths.attribution(site.id, view.ask));
  const skeleton = <WorkbenchSkeleton models={choice.models.length} />;
  return (
    <>
      <WorkbenchBar view={view} choice={choice} answer={resource.value} site={site} />
      <Loaded resource={resource} what="Attribution" skeleton={skeleton}>
        {(answer) =>
          answer.status === "computing" ? (
            <ComputingState>{skeleton}</ComputingState>
          ) : answer.totals.conversions === 0 && answer.rows.length === 0 ? (
            <NoConversions
              isFiltered={view.switches.conversionType !== null || view.switches.customer !== null}
            />
          ) : (
            <Workbench answer={answer} site={site} view={view} choice={choice} />
          )
        }
      </Loaded>
    </>
  );
}

function NoConversions({ isFiltered }: { isFiltered: boolean }) {
  return (
    <section class="card">
      <EmptyState
        title={isFiltered ? "No conversions of this kind on these days" : "No conversions on these days"}
      >
        {isFiltered
          ? "Take a filter away, or choose a longer range."
          : "With the first one, this shows what each campaign earned under every model, how sure that is, and the journeys behind it. Choose a longer range to see earlier ones."}
      </EmptyState>
    </section>
  );
}
