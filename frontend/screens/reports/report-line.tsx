import type { Report } from "#contract/reports.ts";
import { REPORT_FORMATS } from "#core/report/report-format.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { modelWords } from "#frontend/attribution/model-words.ts";
import { formatDayRange, formatMinute } from "#frontend/format/date.ts";
import { LinkButton } from "#frontend/parts/button.tsx";
import { Icon } from "#frontend/parts/icon.tsx";
import { FORMAT_WORDS, KIND_WORDS } from "#frontend/reports/choice-words.ts";
import { fileSize } from "#frontend/reports/file-size.ts";
import { KindPicture } from "#frontend/reports/kind-picture.tsx";
import { StateBadge } from "#frontend/reports/state-badge.tsx";
import { deliveriesSummary, deliveryState, isReadable, reportState } from "#frontend/reports/state-words.ts";
import { useHref } from "#frontend/state/links.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";

type LineProps = { report: Report; zone: string };

/** A report, its state, its files and what became of its mails. */
export function ReportLine({ report, zone }: LineProps) {
  const { sites } = useWorkspace();
  const href = useHref();
  const place = sites.find(({ id }) => id === report.siteId)?.name ?? "All sites";
  return (
    <li class="report">
      <KindPicture kind={report.kind} />
      <div class="report-main">
        <div class="report-title">
          <a href={href(`/reports/${report.id}`)}>{report.title}</a>
          <StateBadge words={reportState(report)} />
        </div>
        <p class="report-facts">{factsOf(report, place).join(" · ")}</p>
        <p class="report-facts">
          made {formatMinute(report.createdAt, zone)}
          {report.schedule && (
            <>
              {" by "}
              <a href={href(`/reports/schedules/${report.schedule.id}`)}>{report.schedule.name}</a>
            </>
          )}
          {report.recomputeOf && " · recomputed"}
        </p>
        {report.failure && <p class="report-failure">{report.failure}</p>}
        <MailSummary report={report} />
      </div>
      <Files report={report} />
    </li>
  );
}

function factsOf({ kind, campaigns, range, model, lookbackDays }: Report, place: string): string[] {
  const [first, ...more] = campaigns;
  const named = first ? [more.length > 0 ? `${first.name} and ${more.length} more` : first.name] : [];
  return [
    KIND_WORDS[kind].label,
    ...named,
    place,
    formatDayRange(range.from, range.to),
    `${modelWords(model).label}, ${lookbackDays} d`,
  ];
}

function MailSummary({ report: { deliveries } }: { report: Report }) {
  if (deliveries.length === 0) return null;
  const isBad = deliveries.some((delivery) => {
    const { tone } = deliveryState(delivery);
    return tone === "bad" || delivery.status === "unknown";
  });
  return (
    <p class={isBad ? "report-mails report-mails-bad" : "report-mails"}>
      <Icon name={isBad ? "warning" : "mail"} size={16} />
      {deliveriesSummary(deliveries)}
    </p>
  );
}

function Files({ report }: { report: Report }) {
  if (!isReadable(report)) return null;
  return (
    <div class="report-files">
      {REPORT_FORMATS.map((format) => {
        const bytes = report.files[format];
        return (
          bytes !== null && (
            <LinkButton
              key={format}
              small
              icon="download"
              download
              href={reportPaths.file(report.id, format)}
            >
              {FORMAT_WORDS[format].label} <span class="report-size">{fileSize(bytes)}</span>
            </LinkButton>
          )
        );
      })}
    </div>
  );
}
