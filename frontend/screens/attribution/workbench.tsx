import type { AttributionReady } from "#contract/attribution.ts";
import type { Site } from "#contract/sites.ts";
import { BasisLine, OtherCurrencies } from "#frontend/analytics/basis-line.tsx";
import { missingReason } from "#frontend/analytics/kpi-view.ts";
import type { AttributionView } from "#frontend/attribution/attribution-view.ts";
import { missingTotal } from "#frontend/attribution/figures.ts";
import type { Figure } from "#frontend/attribution/figures.ts";
import { groupingWords } from "#frontend/attribution/grouping-words.ts";
import { ReachNote } from "#frontend/attribution/reach-note.tsx";
import { useRowColours } from "#frontend/attribution/use-row-colours.ts";
import { Button, LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { useHref } from "#frontend/state/links.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { AbsentModels } from "./absent-models.tsx";
import { MarkovCheck } from "./markov-check.tsx";
import { chartRows, SpreadChart } from "./spread-chart.tsx";
import type { WorkbenchChoice } from "./use-workbench-choice.ts";
import { WorkbenchTable } from "./workbench-table.tsx";

type WorkbenchProps = {
  answer: AttributionReady;
  site: Site;
  view: AttributionView;
  choice: WorkbenchChoice;
};

/** The answer: how far the models lie apart, and every figure under each of them. */
export function Workbench({ answer, site, view, choice }: WorkbenchProps) {
  const colourOf = useRowColours(site, answer.by);
  const { figure, models } = choice;
  return (
    <div class="stack">
      <OtherCurrencies basis={answer.basis} />
      <AbsentModels answer={answer} models={models} switches={view.switches} />
      {chartRows(answer, choice).length > 0 ? (
        <Card
          title={`${figure.label}, by model`}
          sub="Each bar runs from the model that gives least to the one that gives most. A short bar you can trust whichever you take."
        >
          <SpreadChart answer={answer} choice={choice} colourOf={colourOf} />
        </Card>
      ) : (
        figure.needsSpend && <NoSpend answer={answer} figure={figure} />
      )}
      <Card title="Models side by side" sub="Press a figure to see the journeys that made it." flush>
        <WorkbenchTable answer={answer} choice={choice} colourOf={colourOf} />
        <div class="workbench-foot">
          {models.includes("markov") && answer.check && <MarkovCheck check={answer.check} />}
          <BasisLine basis={answer.basis} />
          <ReachNote site={site} />
        </div>
      </Card>
    </div>
  );
}

type NoSpendProps = { answer: AttributionReady; figure: Figure };

/** A ratio to spend has no base here, and what gives it one. */
function NoSpend({ answer, figure: { key, label } }: NoSpendProps) {
  const [, setQuery] = useQuery();
  const href = useHref();
  if (answer.by !== "campaign") {
    const action = (
      <Button small onClick={() => setQuery({ by: null }, true)}>
        Group by campaign
      </Button>
    );
    return (
      <Notice title={`No ${label} by ${groupingWords(answer.by).lower}.`} action={action}>
        What was spent is known by campaign.
      </Notice>
    );
  }
  const missing = missingTotal(answer, key);
  if (missing === "currency_mismatch") return <NoRate label={label} />;
  if (missing === "no_conversions") {
    return (
      <Notice title={`No ${label} without a conversion.`}>
        No campaign that cost something on these days has earned one.
      </Notice>
    );
  }
  return (
    <Notice
      title={`No spend on these days, so no ${label}.`}
      action={
        <LinkButton small href={href("/campaigns")}>
          Add spend to see {label}
        </LinkButton>
      }
    >
      Enter what the campaigns cost.
    </Notice>
  );
}

function NoRate({ label }: { label: string }) {
  const href = useHref();
  const action = (
    <LinkButton small href={`${href("/spend")}#rates`}>
      Look at the rates
    </LinkButton>
  );
  return (
    <Notice title={`No ${label}: rates are missing.`} action={action}>
      {missingReason("currency_mismatch")}
    </Notice>
  );
}
