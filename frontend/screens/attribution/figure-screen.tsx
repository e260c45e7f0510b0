import "./glass-box.css";

import type { CreditedJourneys } from "#contract/glass-box.ts";
import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import { AttributionControls } from "#frontend/attribution/attribution-controls.tsx";
import { useAttributionView } from "#frontend/attribution/attribution-view.ts";
import type { AttributionView } from "#frontend/attribution/attribution-view.ts";
import { rowName } from "#frontend/attribution/grouping-words.ts";
import { modelWords } from "#frontend/attribution/model-words.ts";
import { usePages } from "#frontend/attribution/use-pages.ts";
import { Page } from "#frontend/frame/page.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { useHref } from "#frontend/state/links.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { ChainCard } from "./chain-card.tsx";
import { CreditedList } from "./credited-list.tsx";
import { useFigure } from "./use-figure.ts";
import { FigureHead } from "./figure-head.tsx";
import { readFigureAsked } from "./figure-asked.ts";
import type { FigureAsked } from "./figure-asked.ts";

const PAGE = 20;

/** One figure of the workbench, opened: every journey that made it, and that they add up to it. */
export function FigureScreen() {
  const site = useSite();
  const [query] = useQuery();
  const view = useAttributionView(site);
  const href = useHref();
  const asked = readFigureAsked(query);
  const back = href("/attribution", {
    by: query.by ?? null,
    figure: query.figure ?? null,
    models: query.models ?? null,
  });
  return (
    <Page
      title="What made this figure"
      back={{ href: back, label: "Attribution" }}
      tools={<AttributionControls view={view} />}
    >
      <Answer site={site} view={view} asked={asked} />
    </Page>
  );
}

function Answer({ site, view, asked }: { site: Site; view: AttributionView; asked: FigureAsked }) {
  const { model, kind, key, order } = asked;
  const list = usePages<CreditedJourneys>((after) =>
    paths.creditedJourneys(site.id, { ...view.ask, model, kind, key, order_by: order, after, limit: PAGE }),
  );
  const figure = useFigure({ site, view, asked, answer: list.first.value });
  return (
    <Loaded resource={list.first} what="This figure" skeleton={<TableSkeleton label="journeys" rows={8} />}>
      {(first) => (
        <div class="stack">
          <FigureHead answer={first} name={rowName(first.group, first.by)} list={list} figure={figure} />
          {first.chain && (
            <ChainCard chain={first.chain} by={first.by} name={rowName(first.group, first.by)} />
          )}
          <CreditedList
            list={list}
            zone={first.basis.timeZone}
            currency={first.basis.currency}
            order={order}
            title={model === "markov" ? "Journeys it is part of" : "Journeys"}
            model={modelWords(model).label}
          />
        </div>
      )}
    </Loaded>
  );
}
