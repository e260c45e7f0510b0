import type { AttributionModel } from "#contract/attribution.ts";
import type { Run, RunComparison, RunDetails } from "#contract/runs.ts";
import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { modelWords } from "#frontend/attribution/model-words.ts";
import { formatMinute } from "#frontend/format/date.ts";
import { Card } from "#frontend/parts/card.tsx";
import { ErrorState } from "#frontend/parts/error-state.tsx";
import { SelectInput } from "#frontend/parts/field.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { Differences } from "./differences.tsx";

const LISTED = 100;

type CardProps = { run: RunDetails; site: Site };

/** What changed from another run to this one, with the reasons, which add up to the difference. */
export function ComparisonCard({ run, site }: CardProps) {
  const [query] = useQuery();
  const runs = useResource<List<Run>>(paths.runs(site.id, { limit: LISTED }));
  const other = query.with ?? run.recomputeOf;
  if (other === null && runs.problem && runs.value === undefined) {
    return (
      <Card title="What changed" flush>
        <ErrorState what="The other runs" problem={runs.problem} onRetry={runs.reload} compact />
      </Card>
    );
  }
  return <Compared run={run} site={site} runs={runs.value?.items ?? []} other={other} />;
}

type ComparedProps = CardProps & { runs: readonly Run[]; other: string | null };

function Compared({ run, site, runs, other }: ComparedProps) {
  const [query] = useQuery();
  const others = runs.filter(({ id, status }) => id !== run.id && status === "ready");
  const model = run.models.find((candidate) => candidate === query.under) ?? run.models[0] ?? "last";
  if (others.length === 0 && other === null) return null;
  return (
    <Card title="What changed" sub="From the other run to this one." flush={other !== null}>
      <Choice run={run} site={site} others={others} other={other} model={model} />
      {other !== null && <Comparison run={run} site={site} other={other} model={model} />}
    </Card>
  );
}

type ChoiceProps = CardProps & { others: readonly Run[]; other: string | null; model: AttributionModel };

function Choice({ run, site, others, other, model }: ChoiceProps) {
  const [, setQuery] = useQuery();
  return (
    <div class="comparison-choice">
      <SelectInput
        id="compare-with"
        label="Compared with"
        value={other ?? ""}
        options={[
          { value: "", label: "Choose a run" },
          ...others.map(({ id, name, createdAt }) => ({
            value: id,
            label: `${name}, ${formatMinute(createdAt, site.timeZone)}`,
          })),
        ]}
        onValue={(value) => setQuery({ with: value || null }, true)}
      />
      <SelectInput
        id="compare-model"
        label="Model"
        value={model}
        options={run.models.map((value) => ({ value, label: modelWords(value).label }))}
        onValue={(value) => setQuery({ under: value }, true)}
      />
    </div>
  );
}

type ComparisonProps = CardProps & { other: string; model: AttributionModel };

function Comparison({ run, site, other, model }: ComparisonProps) {
  const resource = useResource<RunComparison>(paths.runComparison(run.id, { with: other, model }));
  return (
    <Loaded
      resource={resource}
      what="The comparison"
      skeleton={<TableSkeleton label="the comparison" rows={10} />}
      compact
    >
      {(comparison) => <Differences comparison={comparison} run={run} zone={site.timeZone} />}
    </Loaded>
  );
}
