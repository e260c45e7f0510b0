import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import { createReport } from "#frontend/api/reports.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { Form, FormActions, SelectField, TextAreaField, TextField } from "#frontend/parts/form.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { FormState } from "#frontend/parts/use-form.ts";
import { LOOKBACKS, MODELS, useAnalyticsView } from "#frontend/state/analytics-view.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { reportErrors, reportRequest, splitAddresses } from "./report-form.ts";
import type { ReportValues } from "./report-form.ts";

type DialogProps = { site: Site; campaign: Campaign | null; onClose: () => void };

const LOOKBACK_OPTIONS = LOOKBACKS.map((days) => ({
  value: String(days),
  label: days === 1 ? "1 day" : `${days} days`,
}));

/** Range, model and who gets it; the file is built in the background. */
export function NewReportDialog({ site, campaign, onClose }: DialogProps) {
  const form = useReportForm({ site, campaign, onClose });
  return (
    <Dialog title={`Report on ${campaign?.name ?? site.name}`} wide onClose={onClose}>
      <Form form={form} label="New report">
        <div class="form-grid">
          <TextField form={form} name="from" label="From" type="date" />
          <TextField form={form} name="to" label="To" type="date" help={`Whole days in ${site.timeZone}.`} />
        </div>
        <div class="form-grid">
          <SelectField form={form} name="model" label="Attribution model" options={MODELS} />
          <SelectField form={form} name="lookback" label="Lookback window" options={LOOKBACK_OPTIONS} />
        </div>
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
        <MailFields form={form} />
        <FormActions form={form} save="Create report">
          <Button onClick={onClose}>Cancel</Button>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function useReportForm({ site, campaign, onClose }: DialogProps): FormState<ReportValues> {
  const { me } = useWorkspace();
  const { options } = useAnalyticsView(site);
  return useForm<ReportValues>({
    initial: {
      from: options.from,
      to: options.to,
      title: "",
      preparedFor: "",
      model: options.model,
      lookback: String(options.lookback),
      recipients: me.email,
      note: "",
    },
    validate: reportErrors,
    submit: async (values) => {
      await createReport(reportRequest(values, site, campaign));
      const isMailed = splitAddresses(values.recipients).length > 0;
      toast(isMailed ? "The report is being built, then mailed." : "The report is being built.");
      onClose();
    },
  });
}

function MailFields({ form }: { form: FormState<ReportValues> }) {
  const { me } = useWorkspace();
  const help = me.emailConfirmed
    ? "Each gets the PDF by mail. Divide addresses by commas. Empty: nobody, download only."
    : "Until your e-mail is confirmed, only members of your account get mail.";
  return (
    <>
      <TextAreaField form={form} name="recipients" label="Recipients" optional rows={2} help={help} />
      <TextAreaField form={form} name="note" label="Note in the mail" optional rows={2} />
    </>
  );
}
