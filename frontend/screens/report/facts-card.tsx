import type { ComponentChildren } from "preact";

import type { Report } from "#contract/reports.ts";
import { modelWords } from "#frontend/attribution/model-words.ts";
import { formatDayRange, formatMinute } from "#frontend/format/date.ts";
import { Card } from "#frontend/parts/card.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";
import { COMPARISON_WORDS, KIND_WORDS } from "#frontend/reports/choice-words.ts";
import { useHref } from "#frontend/state/links.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";

type FactsProps = { report: Report; zone: string };

/** What was asked, and of which data. */
export function FactsCard({ report, zone }: FactsProps) {
  const { sites } = useWorkspace();
  const href = useHref();
  const { kind, siteId, campaigns, range, compare, model, lookbackDays, schedule, recomputeOf } = report;
  return (
    <Card title="What was asked">
      <dl class="report-asked">
        <Fact term="Kind">{KIND_WORDS[kind].label}</Fact>
        <Fact term="Of">
          {sites.find(({ id }) => id === siteId)?.name ?? "All sites"}
          {campaigns.length > 0 && `: ${campaigns.map(({ name }) => name).join(", ")}`}
        </Fact>
        <Fact term="Days">{formatDayRange(range.from, range.to)}</Fact>
        <Fact term="Against">{COMPARISON_WORDS[compare]}</Fact>
        <Fact term="Model">
          <Term explanation={modelWords(model).explanation}>{modelWords(model).label}</Term>, {lookbackDays}{" "}
          days back
        </Fact>
        {schedule && (
          <Fact term="Schedule">
            <a href={href(`/reports/schedules/${schedule.id}`)}>{schedule.name}</a>
          </Fact>
        )}
        {recomputeOf && (
          <Fact term="Anew from">
            <a href={href(`/reports/${recomputeOf}`)}>the earlier report</a>
          </Fact>
        )}
        <Fact term="Made">{formatMinute(report.createdAt, zone)}</Fact>
        {report.dataVersion && (
          <Fact term="Data">
            <Term explanation="Which events, spend, rates and rules were known: the same version gives the same figures, to the cent.">
              {report.dataVersion}
            </Term>
          </Fact>
        )}
        {report.expiredAt && <Fact term="Expired">{formatMinute(report.expiredAt, zone)}</Fact>}
      </dl>
    </Card>
  );
}

function Fact({ term, children }: { term: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
