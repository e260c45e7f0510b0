import "./journeys.css";

import type { Journeys, JourneysReady } from "#contract/journeys.ts";
import type { Site } from "#contract/sites.ts";
import { BasisLine } from "#frontend/analytics/basis-line.tsx";
import { paths } from "#frontend/api/paths.ts";
import { AttributionControls } from "#frontend/attribution/attribution-controls.tsx";
import { useAttributionView, writeSwitches } from "#frontend/attribution/attribution-view.ts";
import type { AttributionView } from "#frontend/attribution/attribution-view.ts";
import { ComputingState } from "#frontend/attribution/computing-state.tsx";
import { GroupSelect } from "#frontend/attribution/group-select.tsx";
import { optionChips } from "#frontend/attribution/option-words.ts";
import { ReachNote } from "#frontend/attribution/reach-note.tsx";
import { useComputed } from "#frontend/attribution/use-computed.ts";
import { useRowColours } from "#frontend/attribution/use-row-colours.ts";
import { Page } from "#frontend/frame/page.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { FilterChips } from "#frontend/parts/filter-chips.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { AssistedCard } from "./assisted-card.tsx";
import { JourneyFacts } from "./journey-facts.tsx";
import { JourneysSkeleton } from "./journeys-skeleton.tsx";
import { LagCard, LengthCard } from "./distribution-cards.tsx";
import { MatrixCard } from "./matrix-card.tsx";
import { PathsCard } from "./paths-card.tsx";
import { TopJourneysCard } from "./top-journeys-card.tsx";

/** What journeys look like: which ways lead to a conversion, how long they are, and who only helped. */
export function JourneysScreen() {
  const site = useSite();
  const view = useAttributionView(site);
  const [, setQuery] = useQuery();
  return (
    <Page title="Journeys" tools={<AttributionControls view={view} />}>
      <div class="row" style={{ "--gap": "8px 12px" }}>
        <GroupSelect by={view.switches.by} />
        <FilterChips chips={optionChips(view.switches, (change) => setQuery(writeSwitches(change), true))} />
      </div>
      <Answer site={site} view={view} />
    </Page>
  );
}

function Answer({ site, view }: { site: Site; view: AttributionView }) {
  const resource = useComputed<Journeys>(paths.journeys(site.id, view.ask));
  return (
    <Loaded resource={resource} what="Journeys" skeleton={<JourneysSkeleton />}>
      {(journeys) =>
        journeys.status === "computing" ? (
          <ComputingState>
            <JourneysSkeleton />
          </ComputingState>
        ) : journeys.totals.conversions === 0 ? (
          <section class="card">
            <EmptyState title="No conversions on these days" picture="chart">
              With the first one, this shows the ways that lead to a conversion, how long they take, and who
              helped without closing. Choose a longer range to see earlier ones.
            </EmptyState>
          </section>
        ) : (
          <Cards journeys={journeys} site={site} view={view} />
        )
      }
    </Loaded>
  );
}

type CardsProps = { journeys: JourneysReady; site: Site; view: AttributionView };

function Cards({ journeys, site, view }: CardsProps) {
  const colourOf = useRowColours(site, journeys.by);
  return (
    <div class="stack">
      <JourneyFacts journeys={journeys} />
      <PathsCard site={site} view={view} colourOf={colourOf} />
      <TopJourneysCard journeys={journeys} colourOf={colourOf} />
      <div class="journeys-pair">
        <LengthCard journeys={journeys} />
        <LagCard journeys={journeys} />
      </div>
      <AssistedCard journeys={journeys} colourOf={colourOf} />
      <MatrixCard journeys={journeys} />
      <BasisLine basis={journeys.basis} />
      <ReachNote site={site} />
    </div>
  );
}
