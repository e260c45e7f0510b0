import type { Schedule } from "#contract/report-schedules.ts";
import { formatMinute } from "#frontend/format/date.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Icon } from "#frontend/parts/icon.tsx";
import { KIND_WORDS, PERIOD_WORDS } from "#frontend/reports/choice-words.ts";
import { KindPicture } from "#frontend/reports/kind-picture.tsx";
import { hourWords, timingWords } from "#frontend/reports/schedule-words.ts";
import { recipientWords } from "#frontend/reports/state-words.ts";
import { useHref } from "#frontend/state/links.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";
import { ScheduleMenu } from "./schedule-menu.tsx";

/** A schedule: what, when, to whom, what came last and what comes next. */
export function ScheduleLine({ schedule }: { schedule: Schedule }) {
  const { me, sites } = useWorkspace();
  const href = useHref();
  const place = sites.find(({ id }) => id === schedule.siteId)?.name ?? "All sites";
  const { kind, covers, timeZone } = schedule;
  return (
    <li class="report schedule">
      <KindPicture kind={kind} />
      <div class="report-main">
        <div class="report-title">
          <a href={href(`/reports/schedules/${schedule.id}`)}>{schedule.name}</a>
          {schedule.pausedAt !== null && <Badge tone="warn">Paused</Badge>}
        </div>
        <p class="report-facts">
          {timingWords(schedule)}, {hourWords(schedule.hour)} {timeZone.replaceAll("_", " ")}
        </p>
        <p class="report-facts">{[KIND_WORDS[kind].label, place, PERIOD_WORDS[covers]].join(" · ")}</p>
        <RecipientSummary schedule={schedule} />
        {schedule.failure && <p class="report-failure">Its last run could not begin: {schedule.failure}</p>}
      </div>
      <dl class="schedule-times">
        <div>
          <dt>Next</dt>
          <dd>{schedule.next[0] ? formatMinute(schedule.next[0], timeZone) : "none while it is paused"}</dd>
        </div>
        <div>
          <dt>Last</dt>
          <dd>
            <LastRun schedule={schedule} />
          </dd>
        </div>
      </dl>
      {canEdit(me) && <ScheduleMenu schedule={schedule} />}
    </li>
  );
}

/** Who gets it, and how many of them do not. */
function RecipientSummary({ schedule: { recipients } }: { schedule: Schedule }) {
  const stopped = recipients.filter(({ state }) => state !== "member" && state !== "confirmed");
  const counts = new Map<string, number>();
  for (const { state } of stopped) {
    const label = recipientWords(state).label.toLowerCase();
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const gets = recipients.length - stopped.length;
  const words = [
    `${gets} ${gets === 1 ? "recipient" : "recipients"}`,
    ...[...counts].map(([label, count]) => `${count} ${label}`),
  ];
  return (
    <p class="report-mails">
      <Icon name="mail" size={16} />
      {words.join(", ")}
    </p>
  );
}

const RUN_WORDS: Readonly<Record<string, string>> = {
  pending: "building",
  ready: "made",
  failed: "failed",
  skipped: "nothing happened, nothing sent",
};

/** When the schedule last ran, as a link to what it made. */
export function LastRun({ schedule: { lastRun, timeZone } }: { schedule: Schedule }) {
  const href = useHref();
  if (!lastRun) return <>not yet</>;
  return (
    <>
      <a href={href(`/reports/${lastRun.reportId}`)}>{formatMinute(lastRun.createdAt, timeZone)}</a>{" "}
      <span class={lastRun.status === "failed" ? "schedule-bad" : "muted"}>
        {RUN_WORDS[lastRun.status] ?? lastRun.status}
      </span>
    </>
  );
}
