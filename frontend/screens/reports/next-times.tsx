import { useEffect, useState } from "preact/hooks";

import type { SchedulePreview } from "#contract/report-schedules.ts";
import { previewSchedule } from "#frontend/api/report-schedules.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { formatDayRange } from "#frontend/format/date.ts";
import { Card } from "#frontend/parts/card.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { locale } from "#frontend/format/locale.ts";
import { previewRequest } from "./schedule-form.ts";
import type { ScheduleValues } from "./schedule-form.ts";

/** Typing and arrowing through a list must not ask at every step. */
const PAUSE_MS = 200;

type Props = { values: ScheduleValues; scheduleId: string | null; isPaused: boolean };
type State = { preview: SchedulePreview | null; problem: ApiProblem | null; isStale: boolean };

/** When it would be sent next, three times over, and what each would be about. */
export function NextTimes({ values, scheduleId, isPaused }: Props) {
  const { preview, problem, isStale } = usePreview(values, scheduleId);
  return (
    <Card title="Next three" sub={values.timeZone.replaceAll("_", " ")}>
      {problem && <Notice tone="warn" title={problem.message} />}
      {!preview && !problem && (
        <Skeleton label="sending times">
          <Bone height={120} />
        </Skeleton>
      )}
      {preview && !problem && (
        <div class={isStale ? "stack next-times-stale" : "stack"} aria-busy={isStale} aria-live="polite">
          <ol class="next-times">
            {preview.next.map(({ at, from, to }) => (
              <li key={at}>
                <strong>{sendingTime(at, values.timeZone)}</strong>
                <span>about {formatDayRange(from, to)}</span>
              </li>
            ))}
          </ol>
          {isPaused && <p class="small muted">It is paused: nothing is sent until you resume it.</p>}
          {preview.spreadMinutes > 0 && (
            <p class="small muted">
              Up to {preview.spreadMinutes} minutes later, always at the same minute: not all reports can go
              out at once.
            </p>
          )}
        </div>
      )}
    </Card>
  );
}

function usePreview(values: ScheduleValues, scheduleId: string | null): State {
  const [state, setState] = useState<State>({ preview: null, problem: null, isStale: false });
  const asked = JSON.stringify(previewRequest(values, scheduleId));
  useEffect(() => {
    const abort = new AbortController();
    setState((before) => ({ ...before, isStale: true }));
    const timer = setTimeout(() => {
      previewSchedule(JSON.parse(asked) as ReturnType<typeof previewRequest>, abort.signal).then(
        (preview) => setState({ preview, problem: null, isStale: false }),
        (error: unknown) => {
          if (abort.signal.aborted) return;
          if (!(error instanceof ApiProblem)) throw error;
          setState((before) => ({ ...before, problem: error, isStale: false }));
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [asked]);
  return state;
}

/** "Mon, 30 Nov 2026, 08:17 CET": the clock's name tells on which side of a change it lies. */
function sendingTime(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone,
  }).format(new Date(at));
}
