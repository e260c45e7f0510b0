import type { Report } from "#contract/reports.ts";
import type { Schedule } from "#contract/report-schedules.ts";
import type { List } from "#frontend/api/paths.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { KIND_WORDS, optionsOf } from "#frontend/reports/choice-words.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";

/** Under the names of the URL; `site` there is the site of the frame. */
export type ReportFilters = {
  of: string | undefined;
  kind: string | undefined;
  status: string | undefined;
  schedule: string | undefined;
};

const STATUSES: readonly { value: Report["status"]; label: string }[] = [
  { value: "pending", label: "Building" },
  { value: "ready", label: "Ready" },
  { value: "failed", label: "Failed" },
  { value: "skipped", label: "Skipped" },
];
const SCHEDULES = 100;

export function useReportFilters(): ReportFilters & { isAny: boolean; clear: () => void } {
  const [{ of, kind, status, schedule }, setQuery] = useQuery();
  return {
    of,
    kind,
    status,
    schedule,
    isAny: Boolean(of || kind || status || schedule),
    clear: () => setQuery({ of: null, kind: null, status: null, schedule: null }, true),
  };
}

/** What is looked at, in the URL. */
export function ReportFilterRow() {
  const { sites } = useWorkspace();
  const schedules =
    useResource<List<Schedule>>(reportPaths.schedules({ limit: SCHEDULES })).value?.items ?? [];
  const siteOptions = sites.map(({ id, name }) => ({ value: id, label: name }));
  const scheduleOptions = schedules.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div class="row report-filters" role="group" aria-label="Filters">
      {sites.length > 1 && <Filter name="of" label="Site" all="All sites" options={siteOptions} />}
      <Filter name="kind" label="Kind" all="All kinds" options={optionsOf(KIND_WORDS)} />
      <Filter name="status" label="State" all="All states" options={STATUSES} />
      {scheduleOptions.length > 0 && (
        <Filter name="schedule" label="Schedule" all="With and without schedule" options={scheduleOptions} />
      )}
    </div>
  );
}

type FilterProps = {
  name: keyof ReportFilters;
  label: string;
  all: string;
  options: readonly { value: string; label: string }[];
};

function Filter({ name, label, all, options }: FilterProps) {
  const [query, setQuery] = useQuery();
  const value = query[name] ?? "";
  return (
    <select
      class="input select report-filter"
      aria-label={label}
      value={value}
      onChange={(event) => setQuery({ [name]: event.currentTarget.value || null }, true)}
    >
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
