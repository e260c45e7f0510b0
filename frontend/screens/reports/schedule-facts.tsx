import type { Schedule } from "#contract/report-schedules.ts";
import { Card } from "#frontend/parts/card.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { StateBadge } from "#frontend/reports/state-badge.tsx";
import { recipientWords } from "#frontend/reports/state-words.ts";
import { useHref } from "#frontend/state/links.ts";
import { LastRun } from "./schedule-line.tsx";

/** What the schedule did last, and who of its recipients gets it. */
export function ScheduleFacts({ schedule }: { schedule: Schedule }) {
  const href = useHref();
  return (
    <Card title="So far">
      <div class="stack">
        {schedule.failure && (
          <Notice tone="bad" title="Its last run could not begin.">
            {schedule.failure}
          </Notice>
        )}
        <p class="small">
          Last run: <LastRun schedule={schedule} />
        </p>
        <ul class="stack" style={{ "--gap": "8px" }} aria-label="Recipients">
          {schedule.recipients.map(({ address, state }) => (
            <li key={address} class="row spread small" style={{ flexWrap: "nowrap" }}>
              <span class="truncate">{address}</span>
              <StateBadge words={recipientWords(state)} />
            </li>
          ))}
        </ul>
        <a class="small" href={href("/reports", { schedule: schedule.id })}>
          All its reports
        </a>
      </div>
    </Card>
  );
}
