import "./reports-panel.css";
import "./schedules.css";

import { useRoute } from "preact-iso";

import type { Schedule } from "#contract/report-schedules.ts";
import type { ReportSettings } from "#contract/report-settings.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Page } from "#frontend/frame/page.tsx";
import { Badge } from "#frontend/parts/badge.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { newContent } from "#frontend/reports/content-values.ts";
import { useHref } from "#frontend/state/links.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";
import { newSchedule, scheduleValues } from "./schedule-form.ts";
import { ScheduleEditor } from "./schedule-editor.tsx";
import { ScheduleMenu } from "./schedule-menu.tsx";

/** A schedule to make or to change. */
export function ScheduleScreen() {
  const { params } = useRoute();
  const settings = useResource<ReportSettings>(reportPaths.settings);
  const isKnown = settings.value !== undefined || settings.problem !== null;
  return params.id === undefined ? (
    <NewSchedule settings={settings.value} isKnown={isKnown} />
  ) : (
    <ExistingSchedule key={params.id} id={params.id} settings={settings.value} isKnown={isKnown} />
  );
}

type Props = { settings: ReportSettings | undefined; isKnown: boolean };

function NewSchedule({ settings, isKnown }: Props) {
  const { me } = useWorkspace();
  const site = useSite();
  const back = useBack();
  const content = newContent({ siteId: site.id, campaignId: null, settings, recipients: me.email });
  return (
    <Page title="New schedule" back={back}>
      {isKnown ? (
        <ScheduleEditor
          key={site.id}
          schedule={null}
          initial={newSchedule(content, site.timeZone)}
          settings={settings}
        />
      ) : (
        <EditorSkeleton />
      )}
    </Page>
  );
}

function ExistingSchedule({ id, settings, isKnown }: Props & { id: string }) {
  const { me } = useWorkspace();
  const back = useBack();
  const resource = useResource<Schedule>(reportPaths.schedule(id));
  const schedule = resource.value;
  return (
    <Page
      title={schedule?.name ?? "Schedule"}
      back={back}
      aside={schedule && schedule.pausedAt !== null ? <Badge tone="warn">Paused</Badge> : null}
      tools={schedule && canEdit(me) ? <ScheduleMenu schedule={schedule} /> : null}
    >
      <Loaded resource={resource} what="This schedule" skeleton={<EditorSkeleton />}>
        {(loaded) =>
          isKnown ? (
            <ScheduleEditor
              schedule={loaded}
              initial={scheduleValues(loaded, settings)}
              settings={settings}
            />
          ) : (
            <EditorSkeleton />
          )
        }
      </Loaded>
    </Page>
  );
}

function useBack(): { href: string; label: string } {
  const href = useHref();
  return { href: href("/reports/schedules"), label: "Schedules" };
}

function EditorSkeleton() {
  return (
    <Skeleton label="schedule">
      <div class="schedule-page">
        <Bone height={560} />
        <Bone height={220} />
      </div>
    </Skeleton>
  );
}
