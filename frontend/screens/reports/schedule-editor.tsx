import { useLocation } from "preact-iso";

import type { Schedule } from "#contract/report-schedules.ts";
import type { ReportSettings } from "#contract/report-settings.ts";
import { createSchedule, updateSchedule } from "#frontend/api/report-schedules.ts";
import { LinkButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { Form, FormActions, TextField } from "#frontend/parts/form.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { FormState } from "#frontend/parts/use-form.ts";
import { ComputedFields } from "#frontend/reports/computed-fields.tsx";
import { KindField } from "#frontend/reports/kind-field.tsx";
import { LookFields } from "#frontend/reports/look-fields.tsx";
import { MailFields } from "#frontend/reports/mail-fields.tsx";
import { MoreFields } from "#frontend/reports/more-fields.tsx";
import { ScopeFields } from "#frontend/reports/scope-fields.tsx";
import { useHref } from "#frontend/state/links.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";
import { NextTimes } from "./next-times.tsx";
import { createRequest, scheduleErrors, updateRequest } from "./schedule-form.ts";
import type { ScheduleValues } from "./schedule-form.ts";
import { ScheduleFacts } from "./schedule-facts.tsx";
import { ScheduleTiming } from "./schedule-timing.tsx";

type EditorProps = {
  /** Null: it is to be made. */
  schedule: Schedule | null;
  initial: ScheduleValues;
  settings: ReportSettings | undefined;
};

/** What, when and to whom at the left; at the right what that means. */
export function ScheduleEditor({ schedule, initial, settings }: EditorProps) {
  const form = useScheduleForm({ schedule, initial, settings });
  return (
    <div class="schedule-page">
      <Card>
        <ScheduleFields form={form} schedule={schedule} settings={settings} />
      </Card>
      <aside class="schedule-side" aria-label="What it will do">
        <NextTimes
          values={form.values}
          scheduleId={schedule?.id ?? null}
          isPaused={schedule !== null && schedule.pausedAt !== null}
        />
        {schedule && <ScheduleFacts schedule={schedule} />}
      </aside>
    </div>
  );
}

type FieldsProps = Omit<EditorProps, "initial"> & { form: FormState<ScheduleValues> };

function ScheduleFields({ form, schedule, settings }: FieldsProps) {
  const { me } = useWorkspace();
  const href = useHref();
  return (
    <Form form={form} label={schedule ? `Schedule ${schedule.name}` : "New schedule"}>
      {!canEdit(me) && <Notice title="You can look.">Owners, admins and marketers change schedules.</Notice>}
      <div class="schedule-group">
        <h2>When</h2>
        <TextField form={form} name="name" label="Name" placeholder="Monday numbers" />
        <ScheduleTiming form={form} />
      </div>
      <div class="schedule-group">
        <h2>What</h2>
        <KindField form={form} />
        <ScopeFields form={form} />
        <div class="form-grid">
          <TextField form={form} name="title" label="Title of each report" optional />
          <TextField form={form} name="preparedFor" label="Prepared for" optional />
        </div>
        <MoreFields title="How it is computed" sub="model, lookback, comparison">
          <ComputedFields form={form} />
        </MoreFields>
        <MoreFields
          title="What it shows, and how it looks"
          sub="sections, language, branding"
          isOpen={["accent", "locale", "sections"].some((name) => name in form.errors)}
        >
          <LookFields form={form} settings={settings} />
        </MoreFields>
      </div>
      <div class="schedule-group">
        <h2>To whom</h2>
        <MailFields form={form} optional={false} states={schedule?.recipients ?? []} />
      </div>
      {canEdit(me) && (
        <FormActions form={form} save={schedule ? "Save changes" : "Create schedule"}>
          <LinkButton href={href("/reports/schedules")}>Cancel</LinkButton>
        </FormActions>
      )}
    </Form>
  );
}

function useScheduleForm({ schedule, initial, settings }: EditorProps): FormState<ScheduleValues> {
  const { route } = useLocation();
  const href = useHref();
  return useForm<ScheduleValues>({
    draft: `schedule:${schedule?.id ?? initial.site}`,
    initial,
    fieldOf: { siteId: "site", campaignIds: "campaigns" },
    fieldOfCode: { invalid_time_zone: "timeZone" },
    validate: scheduleErrors,
    submit: async (values) => {
      if (schedule) {
        await updateSchedule(schedule.id, updateRequest(values, settings));
        toast("The schedule is saved.");
        return;
      }
      await createSchedule(createRequest(values, settings));
      toast("The schedule is made.");
      route(href("/reports/schedules"));
    },
  });
}
