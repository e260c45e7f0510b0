import type { Site } from "#contract/sites.ts";
import { updateSite } from "#frontend/api/sites.ts";
import { readableHost } from "#frontend/format/host.ts";
import { parsePercent, percentErrors, percentToInput } from "#frontend/format/percent.ts";
import { currencyOptions, timeZoneOptions } from "#frontend/format/zones.ts";
import { Card } from "#frontend/parts/card.tsx";
import { Form, FormActions, SelectField, TextField } from "#frontend/parts/form.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import type { FormState } from "#frontend/parts/use-form.ts";
import { siteErrors, siteHost } from "./site-form.ts";

/** Name, host, zone, currency, margin. */
export function GeneralTab({ site }: { site: Site }) {
  const form = useGeneralForm(site);
  return (
    <Card title="General">
      <Form form={form} label="General">
        <div class="form-grid">
          <TextField form={form} name="name" label="Name" />
          <TextField form={form} name="domain" label="Domain" inputmode="url" spellcheck={false} />
        </div>
        <div class="form-grid">
          <SelectField
            form={form}
            name="timeZone"
            label="Time zone"
            options={timeZoneOptions(site.timeZone)}
            help="A day begins and ends here. Days that are already sealed keep theirs."
          />
          <SelectField
            form={form}
            name="currency"
            label="Currency"
            options={currencyOptions(site.currency)}
            help="What revenue and spend are shown in."
          />
          <TextField
            form={form}
            name="margin"
            label="Margin"
            prefix="%"
            inputmode="decimal"
            optional
            help="What is left of revenue after the cost of goods. Gives ROI with margin and break-even."
          />
        </div>
        <FormActions form={form} save="Save">
          {form.dirty && <span class="muted small">Not saved yet.</span>}
        </FormActions>
      </Form>
    </Card>
  );
}

type GeneralValues = { name: string; domain: string; timeZone: string; currency: string; margin: string };

function useGeneralForm(site: Site): FormState<GeneralValues> {
  return useForm<GeneralValues>({
    draft: `site:${site.id}`,
    initial: {
      name: site.name,
      domain: readableHost(site.domain),
      timeZone: site.timeZone,
      currency: site.currency,
      margin: percentToInput(site.marginPercent),
    },
    fieldOf: { marginPercent: "margin" },
    validate: (values) => ({ ...siteErrors(values), ...percentErrors(values, "margin") }),
    submit: async ({ margin, ...values }) => {
      await updateSite(site.id, {
        ...values,
        name: values.name.trim(),
        domain: siteHost(values.domain),
        marginPercent: parsePercent(margin),
      });
      toast("Saved.");
    },
  });
}
