import "./journey.css";

import { useRoute } from "preact-iso";

import type { Journey } from "#contract/glass-box.ts";
import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { OptionsControl } from "#frontend/attribution/options-control.tsx";
import { useAttributionView, writeSwitches } from "#frontend/attribution/attribution-view.ts";
import type { AttributionView } from "#frontend/attribution/attribution-view.ts";
import { Page } from "#frontend/frame/page.tsx";
import { ShareButton } from "#frontend/frame/share-button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { useHref } from "#frontend/state/links.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { figureQuery } from "./figure-asked.ts";
import { JourneyHead } from "./journey-head.tsx";
import { JourneyShares } from "./journey-shares.tsx";
import { JourneySteps } from "./journey-steps.tsx";

/** One conversion and the whole way to it: every touch, what each model gives it, and what happened in between. */
export function JourneyScreen() {
  const site = useSite();
  const [query, setQuery] = useQuery();
  const view = useAttributionView(site);
  const { params } = useRoute();
  const href = useHref();
  const back = wayBack(query, href);
  return (
    <Page
      title="One journey"
      back={back}
      tools={
        <>
          <OptionsControl
            switches={view.switches}
            onSwitch={(change) => setQuery(writeSwitches(change), true)}
          />
          <ShareButton />
        </>
      }
    >
      <Answer site={site} view={view} conversionId={params.id ?? ""} />
    </Page>
  );
}

/** To the list that led here: a comparison of runs, or a figure. */
function wayBack(query: Readonly<Record<string, string>>, href: ReturnType<typeof useHref>) {
  const { run, with: other = null, under = null } = query;
  if (run) return { href: href(`/attribution/runs/${run}`, { with: other, under }), label: "What changed" };
  if (under) return { href: href("/attribution/figure", figureQuery(query)), label: "What made this figure" };
  return { href: href("/attribution"), label: "Attribution" };
}

type AnswerProps = { site: Site; view: AttributionView; conversionId: string };

function Answer({ site, view, conversionId }: AnswerProps) {
  const { from: _from, to: _to, nulls: _nulls, ...ask } = view.ask;
  const resource = useResource<Journey>(paths.journey(site.id, conversionId, ask));
  return (
    <Loaded resource={resource} what="This journey" skeleton={<TableSkeleton label="the journey" rows={7} />}>
      {(journey) => (
        <div class="stack">
          <JourneyHead journey={journey} zone={site.timeZone} />
          <Card
            title="What each model gives each touch"
            sub="Shares of this one conversion. Markov has no share of a single conversion: it looks at all journeys together."
            flush
          >
            <JourneyShares journey={journey} zone={site.timeZone} />
          </Card>
          <Card title="Step by step" sub={`Times are those of ${site.timeZone}.`}>
            <JourneySteps journey={journey} zone={site.timeZone} />
          </Card>
        </div>
      )}
    </Loaded>
  );
}
