import type { Report, ReportComparison } from "#contract/reports.ts";
import type { List } from "#frontend/api/paths.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { type Resource, useResource } from "#frontend/api/use-resource.ts";
import { formatDayRange, formatMinute } from "#frontend/format/date.ts";
import { Card } from "#frontend/parts/card.tsx";
import { ErrorState } from "#frontend/parts/error-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { isReadable } from "#frontend/reports/state-words.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { ReportDifferences } from "./report-differences.tsx";

const CANDIDATES = 50;

/** What differs from another report, and why. Shown when there is one to compare with. */
export function ComparisonCard({ report }: { report: Report }) {
  const [query, setQuery] = useQuery();
  const site = useSite();
  const { list, others } = useOthers(report);
  if (list.problem && list.value === undefined) {
    return (
      <Card title="Compare" flush>
        <ErrorState what="Other reports" problem={list.problem} onRetry={list.reload} compact />
      </Card>
    );
  }
  if (!isReadable(report) || others.length === 0) return null;
  const chosen = query.with ?? report.recomputeOf ?? "";
  return (
    <section class="comparison">
      <Card
        title="Compare"
        sub={
          chosen
            ? "What differs from the other one, and why; it adds up."
            : "With another report of this kind."
        }
        tools={
          <select
            class="input select comparison-pick"
            aria-label="Compare with"
            value={chosen}
            onChange={(event) => setQuery({ with: event.currentTarget.value || null }, true)}
          >
            {report.recomputeOf === null && <option value="">Nothing</option>}
            {others.map(({ id, title, range, createdAt }) => (
              <option key={id} value={id}>
                {title}, {formatDayRange(range.from, range.to)}, made {formatMinute(createdAt, site.timeZone)}
              </option>
            ))}
          </select>
        }
        flush
      >
        {chosen && <Compared report={report} withId={chosen} />}
      </Card>
    </section>
  );
}

function Compared({ report, withId }: { report: Report; withId: string }) {
  const resource = useResource<ReportComparison>(reportPaths.comparison(report.id, withId));
  return (
    <Loaded
      resource={resource}
      what="The comparison"
      compact
      skeleton={<TableSkeleton label="differences" rows={3} />}
    >
      {(comparison) => <ReportDifferences comparison={comparison} currency={report.currency} />}
    </Loaded>
  );
}

/** Reports of the same kind and place that can be read. */
function useOthers(report: Report): { list: Resource<List<Report>>; others: Report[] } {
  const path = reportPaths.reports({
    site: report.siteId,
    kind: report.kind,
    status: "ready",
    limit: CANDIDATES,
  });
  const list = useResource<List<Report>>(isReadable(report) ? path : null);
  const others = (list.value?.items ?? []).filter(
    (other) => other.id !== report.id && other.siteId === report.siteId && isReadable(other),
  );
  return { list, others };
}
