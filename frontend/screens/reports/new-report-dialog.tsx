import { useLocation } from "preact-iso";

import type { Campaign } from "#contract/campaigns.ts";
import type { ReportSettings } from "#contract/report-settings.ts";
import type { Site } from "#contract/sites.ts";
import { createReport } from "#frontend/api/reports.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { modelWords } from "#frontend/attribution/model-words.ts";
import { MODELS } from "#core/attribution/models.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { Form, FormActions, TextField } from "#frontend/parts/form.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { FormState } from "#frontend/parts/use-form.ts";
import { ComputedFields } from "#frontend/reports/computed-fields.tsx";
import { newContent, shownSections, splitAddresses } from "#frontend/reports/content-values.ts";
import type { ContentValues } from "#frontend/reports/content-values.ts";
import { KindField } from "#frontend/reports/kind-field.tsx";
import { LookFields } from "#frontend/reports/look-fields.tsx";
import { MailFields } from "#frontend/reports/mail-fields.tsx";
import { MoreFields } from "#frontend/reports/more-fields.tsx";
import { ScopeFields } from "#frontend/reports/scope-fields.tsx";
import { useAnalyticsView } from "#frontend/state/analytics-view.ts";
import { useHref } from "#frontend/state/links.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { ReportDays } from "./report-days.tsx";
import { reportErrors, reportRequest } from "./report-form.ts";
import type { ReportValues } from "./report-form.ts";

type DialogProps = { site: Site; campaign: Campaign | null; onClose: () => void };

/** What for, which days, for whom; the file is built in the background. */
export function NewReportDialog(props: DialogProps) {
  const settings = useResource<ReportSettings>(reportPaths.settings);
  const { site, campaign, onClose } = props;
  return (
    <Dialog title={`Report on ${campaign?.name ?? site.name}`} wide onClose={onClose}>
      {settings.value || settings.problem ? (
        <ReportForm {...props} settings={settings.value} />
      ) : (
        <Skeleton label="form">
          <Bone height={320} />
        </Skeleton>
      )}
    </Dialog>
  );
}

type FormProps = DialogProps & { settings: ReportSettings | undefined };

function ReportForm(props: FormProps) {
  const { site, campaign, settings, onClose } = props;
  const form = useReportForm(props);
  return (
    <Form form={form} label="New report">
      <KindField form={form} />
      {campaign === null && <ScopeFields form={form} />}
      <ReportDays form={form} site={site} />
      <div class="form-grid">
        <TextField
          form={form}
          name="title"
          label="Title"
          optional
          placeholder={campaign?.name ?? site.name}
        />
        <TextField form={form} name="preparedFor" label="Prepared for" optional />
      </div>
      <MailFields form={form} optional />
      <MoreFields title="How it is computed" sub={computedSub(form.values)} isOpen={has(form, COMPUTED)}>
        <ComputedFields form={form} />
      </MoreFields>
      <MoreFields title="What it shows, and how it looks" sub={lookSub(form.values)} isOpen={has(form, LOOK)}>
        <LookFields form={form} settings={settings} />
      </MoreFields>
      <FormActions form={form} save="Create report">
        <Button onClick={onClose}>Cancel</Button>
      </FormActions>
    </Form>
  );
}

const COMPUTED: readonly (keyof ContentValues)[] = ["model", "lookback", "compare", "direct"];
const LOOK: readonly (keyof ContentValues)[] = ["sections", "language", "locale", "currency", "accent"];

/** A fault must not hide behind a closed line. */
function has(form: FormState<ContentValues>, names: readonly string[]): boolean {
  return names.some((name) => name in form.errors);
}

function computedSub({ model, lookback }: ContentValues): string {
  const known = MODELS.find((candidate) => candidate === model);
  return `${known ? modelWords(known).label : model}, ${lookback} days`;
}

function lookSub(values: ContentValues): string {
  return `${shownSections(values).length} sections, ${values.locale}`;
}

function useReportForm({ site, campaign, settings, onClose }: FormProps): FormState<ReportValues> {
  const { me } = useWorkspace();
  const { options } = useAnalyticsView(site);
  const { route } = useLocation();
  const href = useHref();
  return useForm<ReportValues>({
    draft: `report:${campaign?.id ?? site.id}`,
    initial: {
      ...newContent({ siteId: site.id, campaignId: campaign?.id ?? null, settings, recipients: me.email }),
      model: options.model,
      lookback: String(options.lookback),
      direct: options.direct,
      days: "range",
      from: options.from,
      to: options.to,
      period: "last_month",
    },
    fieldOf: { siteId: "site", campaignIds: "campaigns" },
    validate: reportErrors,
    submit: async (values) => {
      const report = await createReport(reportRequest(values, settings));
      const isMailed = splitAddresses(values.recipients).length > 0;
      toast(isMailed ? "The report is being built, then mailed." : "The report is being built.");
      onClose();
      if (campaign === null) route(href(`/reports/${report.id}`));
    },
  });
}
