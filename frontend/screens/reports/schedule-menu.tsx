import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";

import type { Schedule } from "#contract/report-schedules.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { deleteSchedule, runSchedule, updateSchedule } from "#frontend/api/report-schedules.ts";
import { ConfirmDialog } from "#frontend/parts/confirm-dialog.tsx";
import { Menu } from "#frontend/parts/menu.tsx";
import { orSay } from "#frontend/parts/or-say.ts";
import { toast } from "#frontend/parts/toast.tsx";
import { useHref } from "#frontend/state/links.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";

/** What can be done with a schedule beside changing it. */
export function ScheduleMenu({ schedule }: { schedule: Schedule }) {
  const { me } = useWorkspace();
  const { route, path } = useLocation();
  const href = useHref();
  const [isDeleting, setIsDeleting] = useState(false);
  const list = href("/reports/schedules");
  const isPaused = schedule.pausedAt !== null;
  return (
    <>
      <Menu
        label={`More about ${schedule.name}`}
        icon="more"
        small
        groups={[
          [
            { label: "Edit", icon: "edit", href: href(`/reports/schedules/${schedule.id}`) },
            isPaused
              ? { label: "Resume", icon: "play", onSelect: () => void setPaused(schedule, false) }
              : { label: "Pause", icon: "pause", onSelect: () => void setPaused(schedule, true) },
          ],
          [
            { label: "Run now, to all", icon: "reports", onSelect: () => void run(schedule) },
            { label: "Send a test to me", icon: "mail", onSelect: () => void test(schedule, me.email) },
            { label: "Its reports", icon: "table", href: href("/reports", { schedule: schedule.id }) },
          ],
          [{ label: "Delete", icon: "trash", danger: true, onSelect: () => setIsDeleting(true) }],
        ]}
      />
      {isDeleting && (
        <ConfirmDialog
          title="Delete this schedule?"
          name={schedule.name}
          action="Delete schedule"
          onClose={() => setIsDeleting(false)}
          onConfirm={async () => {
            await deleteUnlessGone(schedule.id);
            toast("The schedule is deleted.");
            setIsDeleting(false);
            if (path !== "/reports/schedules") route(list);
          }}
        >
          <p>Nothing is sent by it any more. The reports it made stay.</p>
        </ConfirmDialog>
      )}
    </>
  );
}

/** Someone else was faster: it is gone, which is what was asked for. */
async function deleteUnlessGone(scheduleId: string): Promise<void> {
  try {
    await deleteSchedule(scheduleId);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
  }
}

/** Undone with a press: nothing that fell into a pause of seconds is lost. */
export async function setPaused(schedule: Schedule, paused: boolean): Promise<void> {
  await orSay(async () => {
    await updateSchedule(schedule.id, { paused });
    toast(paused ? "Paused. Nothing is sent until you resume it." : "Resumed.", () => {
      void orSay(async () => void (await updateSchedule(schedule.id, { paused: !paused })));
    });
  });
}

async function run(schedule: Schedule): Promise<void> {
  await orSay(async () => {
    await runSchedule(schedule.id, "run");
    toast("The report is being built, then mailed to all recipients.");
  });
}

async function test(schedule: Schedule, email: string): Promise<void> {
  await orSay(async () => {
    await runSchedule(schedule.id, "test");
    toast(`The report is being built, then mailed to ${email} alone.`);
  });
}
